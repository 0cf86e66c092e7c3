-- One reply after the other, each of another person at another address, as forms send them. Used by posting.py.
local token = string.rep("a", 32)
local sent = 0

function init(args)
  path = args[1]
  math.randomseed(os.time() + tonumber(tostring({}):sub(8), 16) % 1e6)
  me = math.random(1, 2 ^ 30)
end

function request()
  sent = sent + 1
  local number = string.format("%d-%d", me, sent)
  local body = "csrfmiddlewaretoken=" .. token .. "&name=Guest+" .. number .. "&email=guest" .. number
    .. "%40example.org&reply=The+point+about+number+" .. number .. "+is+well+made%2C+and+I+would+add+a+thought+of+my+own."
  local address = string.format("10.%d.%d.%d", math.random(0, 255), math.random(0, 255), math.random(1, 254))
  return wrk.format("POST", path .. "?fragment=1", {
    ["Content-Type"] = "application/x-www-form-urlencoded",
    ["Cookie"] = "csrftoken=" .. token,
    ["X-Forwarded-For"] = address,
  }, body)
end

function done(summary, latency)
  io.write(string.format("median %.1f 99th %.1f\n", latency:percentile(50) / 1000, latency:percentile(99) / 1000))
end
