-- Each request reserves a quarter of an hour nobody else asks for: all spaces at one time, then the next time.
local targets = dofile(os.getenv("LOAD_SCRIPTS") .. "/report.lua")
local threads = tonumber(os.getenv("LOAD_THREADS"))
local n = 0

function request()
  local slot = n * threads + thread_index
  n = n + 1
  local space = targets.spaces[slot % #targets.spaces + 1]
  local start = targets.first_start + math.floor(slot / #targets.spaces) * 900
  local body = string.format(
    '{"space_id":"%s","starts_at":"%s","ends_at":"%s","title":"Load","purpose":"meeting","attendees":2}',
    space, os.date("!%Y-%m-%dT%H:%M:%SZ", start), os.date("!%Y-%m-%dT%H:%M:%SZ", start + 900))
  return wrk.format("POST", "/api/v1/reservations", headers(), body)
end
