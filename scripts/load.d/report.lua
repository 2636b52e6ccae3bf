-- What the load scripts share: the seeded targets, a header with the next member's token, and the row of the table.
local targets = dofile(os.getenv("LOAD_TARGETS"))
local threads = tonumber(os.getenv("LOAD_THREADS"))
local turn = 0

-- Members take turns, so that as many people act at once as there are clients; each thread has members of its own,
-- for one person's requests wait for each other.
function headers()
  local next_member = (turn * threads + thread_index) % #targets.tokens + 1
  turn = turn + 1
  return { ["Authorization"] = "Bearer " .. targets.tokens[next_member], ["Content-Type"] = "application/json" }
end

-- Each thread counts in steps of its own, so no two ever ask for the same slot.
local started = 0
function setup(thread)
  thread:set("thread_index", started)
  started = started + 1
end

function done(summary, latency)
  local failed = summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout
    + summary.errors.status
  print(string.format("| %s | %.0f | %.1f | %.1f | %d | `%s` |",
    os.getenv("LOAD_LABEL"), (summary.requests - summary.errors.status) / (summary.duration / 1e6),
    latency:percentile(50) / 1e3, latency:percentile(99) / 1e3, failed, os.getenv("LOAD_COMMAND")))
end

return targets
