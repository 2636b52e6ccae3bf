-- One space, one week, slots of an hour, as a signed-in member sees them; the spaces take turns.
local targets = dofile(os.getenv("LOAD_SCRIPTS") .. "/report.lua")
local n = 0

function request()
  n = n + 1
  local space = targets.spaces[n % #targets.spaces + 1]
  return wrk.format("GET", string.format("/api/v1/spaces/%s/availability?from=%s&to=%s&duration_minutes=60",
    space, targets.week_from, targets.week_to), headers())
end
