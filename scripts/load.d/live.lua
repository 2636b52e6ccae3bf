-- The handler that does nothing: what the HTTP server itself can answer.
dofile(os.getenv("LOAD_SCRIPTS") .. "/report.lua")

function request()
  return wrk.format("GET", "/api/v1/health/live")
end
