-- One form after the other, each from another person at another address. PARLEY_FORM is the body, in which
-- @NUMBER@ and @WORDS@ are new in each; PARLEY_HEADERS has a "Name: value" on each line. Used by forms.py.
local body, headers, sent = os.getenv("PARLEY_FORM"), {}, 0
for name, value in os.getenv("PARLEY_HEADERS"):gmatch("([^\n:]+): ([^\n]+)") do
  headers[name] = value
end
local words = {}
for word in ("river heron morning garden because bread never window letter old slowly summer people reading quiet "
  .. "street often church winter light between stone baker without market early neighbour apple under bridge always "
  .. "small evening water almost tower paper again music yellow before orchard little north kitchen where lantern"):gmatch("%a+") do
  table.insert(words, word)
end

-- No two say the same: a flood of one text is another thing, which filters are there for.
local function text()
  local said = {}
  for place = 1, 20 do
    said[place] = words[math.random(#words)]
  end
  return table.concat(said, "+")
end

function init()
  math.randomseed(os.time() + tonumber(tostring({}):sub(8), 16) % 1e6)
  me = math.random(1, 2 ^ 30)
end

function request()
  sent = sent + 1
  headers["X-Forwarded-For"] = string.format("10.%d.%d.%d", math.random(0, 255), math.random(0, 255), math.random(1, 254))
  local filled = body:gsub("@NUMBER@", me .. "-" .. sent):gsub("@WORDS@", text)
  return wrk.format("POST", nil, headers, filled)
end
