-- Sends one request again and again, or a list of them in turn; at the end prints
-- the figures as one line of JSON. Arguments: method; file of the body; "numbered"
-- if each body is to end in another number, or the file of paths, one a line, if
-- there are several; how many milliseconds each client pauses between two requests,
-- on average. GET bears a key, so that each answer is found and none was kept.
local percentiles = { 50, 75, 90, 95, 99, 99.5, 99.9 }

function init(args)
  wrk.method = args[1]
  if args[1] == "POST" then
    local f = assert(io.open(args[2], "rb"))
    wrk.body = f:read("*a")
    f:close()
    wrk.headers["Content-Type"] = "text/plain; charset=utf-8"
  end
  if args[1] == "GET" then wrk.headers["Authorization"] = "Bearer none" end
  if args[3] == "numbered" then
    local body, last = wrk.body, 0
    request = function()
      last = last + 1
      return wrk.format(nil, nil, nil, body .. "\n\n" .. last .. "\n")
    end
  elseif args[3] then
    local requests, last = {}, 0
    for path in io.lines(args[3]) do
      table.insert(requests, wrk.format(nil, path))
    end
    request = function()
      last = last % #requests + 1
      return requests[last]
    end
  end
  local pause = tonumber(args[4])
  if pause then
    delay = function() return math.random(0, 2 * pause) end
  end
end

function done(summary, latency)
  local e = summary.errors
  local fields = {
    string.format('"requests":%d', summary.requests),
    string.format('"failed":%d', e.connect + e.read + e.write + e.status + e.timeout),
    string.format('"refused":%d', e.status),
    string.format('"why":"connect %d, read %d, write %d, status %d, timeout %d"', e.connect, e.read, e.write, e.status, e.timeout),
    string.format('"rps":%.1f', summary.requests / summary.duration * 1e6),
  }
  for _, p in ipairs(percentiles) do
    local name = string.gsub(string.format("%g", p), "%.", "_")
    table.insert(fields, string.format('"p%s":%.3f', name, latency:percentile(p) / 1000))
  end
  table.insert(fields, string.format('"max":%.3f', latency.max / 1000))
  io.write("\n{", table.concat(fields, ","), "}\n")
end
