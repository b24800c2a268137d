-- Open a section, save one field of it, open it again …: what a person who fills in does, as fast as the server answers.
-- One thread is one person at an application of its own, a line of the file that is given. Without a file: one page.
local mine, step, seen, texts = nil, 0, nil, nil
local taken = 0

function setup(thread)
  thread:set("number", taken)
  taken = taken + 1
end

function init(args)
  if not args[1] then return end
  local n = 0
  for line in io.lines(args[1]) do
    local parts = {}
    for part in string.gmatch(line, "[^\t]+") do parts[#parts + 1] = part end
    if n == number then mine = parts end
    n = n + 1
  end
  -- address of the section, of saving, cookies, token, field, then a text and its digest, twice
  texts = { { mine[6], mine[7] }, { mine[8], mine[9] } }
  seen = texts[1][2]
end

function request()
  if not mine then return wrk.format() end
  step = step + 1
  if step % 2 == 1 then
    return wrk.format("GET", mine[1], { Cookie = mine[3], Accept = "text/html" })
  end
  local next = texts[step % 4 == 2 and 2 or 1]
  local body = '{"field":"' .. mine[5] .. '","raw":"' .. next[1] .. '","seen":"' .. seen .. '"}'
  seen = next[2]
  return wrk.format("POST", mine[2], {
    Cookie = mine[3], Accept = "application/json", ["Content-Type"] = "application/json",
    ["X-CSRFToken"] = mine[4], Referer = "http://" .. wrk.host .. ":" .. wrk.port .. "/",
  }, body)
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format("RESULT\t%d\t%d\t%f\t%f\t%f\n", summary.requests,
    errors.connect + errors.read + errors.write + errors.status + errors.timeout,
    summary.duration / 1e6, latency:percentile(50) / 1e3, latency:percentile(95) / 1e3))
end
