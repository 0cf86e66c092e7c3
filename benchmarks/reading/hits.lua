-- Counts the answers that were made for the request, by the header that the site adds when it is in debug mode.
local threads = {}

function setup(thread)
  table.insert(threads, thread)
end

function init()
  answers, made = 0, 0
end

function response(_, headers)
  answers = answers + 1
  local how = headers["x-cache"]
  if how and how:sub(1, 3) ~= "hit" then
    made = made + 1
  end
end

function done()
  for _, thread in ipairs(threads) do
    print(string.format("answers %d made %d", thread:get("answers"), thread:get("made")))
  end
end
