-- One reply after the other, each of another person at another address, as forms send them. Used by posting.py.
local token = string.rep("a", 32)
local sent = 0
local words = {}
for word in ("river heron morning garden because bread never window letter old slowly summer people reading quiet "
  .. "street often church winter light between stone baker without market early neighbour apple under bridge always "
  .. "small evening water almost tower paper again music yellow before orchard little north kitchen where lantern"):gmatch("%a+") do
  table.insert(words, word)
end

-- No two say the same: a flood of one text is another thing, which the filter is there for.
local function text()
  local said = {}
  for place = 1, 20 do
    said[place] = words[math.random(#words)]
  end
  return table.concat(said, "+")
end

function init(args)
  path = args[1]
  math.randomseed(os.time() + tonumber(tostring({}):sub(8), 16) % 1e6)
  me = math.random(1, 2 ^ 30)
end

function request()
  sent = sent + 1
  local number = string.format("%d-%d", me, sent)
  local body = "csrfmiddlewaretoken=" .. token .. "&name=Guest+" .. number .. "&email=guest" .. number
    .. "%40example.org&reply=" .. text()
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
