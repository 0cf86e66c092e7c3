-- Asks for the pages in the file that PARLEY_PATHS names, one a line: every second time for one of the first four.
local paths = {}
for path in io.lines(os.getenv("PARLEY_PATHS")) do
  table.insert(paths, path)
end

function init()
  math.randomseed(os.time() + tonumber(tostring({}):sub(8), 16) % 1e6)
end

function request()
  local last = math.random(2) == 1 and 4 or #paths
  return wrk.format("GET", paths[math.random(last)])
end
