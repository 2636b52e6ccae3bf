// Why something was not done: a problem of the API (RFC 9457), or that it could not be reached.
import type { AlternativeBody, Problem, ReasonBody } from './openapi.gen'

export class Refusal extends Error {
  /** Stable: switch on this. The API's (docs/STATUS-CODES.md), or `unreachable`, `timeout`, `unreadable`. */
  readonly code: string
  /** 0 where there was no answer. */
  readonly status: number
  readonly problem: Problem | null
  /** Seconds after which trying again may help. */
  readonly retryAfter: number | null

  constructor(status: number, code: string, problem: Problem | null, retryAfter: number | null = null) {
    super(problem?.detail ?? problem?.title ?? code)
    this.name = 'Refusal'
    this.status = status
    this.code = code
    this.problem = problem
    this.retryAfter = retryAfter
  }

  /** In the reader's language, from the API; '' where it could not be reached. */
  get title(): string {
    return this.problem?.title ?? ''
  }

  get detail(): string {
    return this.problem?.detail ?? ''
  }

  get reasons(): ReasonBody[] {
    return this.problem?.reasons ?? []
  }

  get alternatives(): AlternativeBody[] {
    return this.problem?.alternatives ?? []
  }

  /** What is wrong with the field at a JSON pointer (`/starts_at`) or query parameter (`?from`). */
  field(pointer: string): string | undefined {
    return this.problem?.errors?.find((error) => error.pointer === pointer)?.message
  }

  /** The messages of fields that the form does not show itself. */
  others(shown: readonly string[]): string[] {
    const errors = this.problem?.errors ?? []
    return errors.filter((error) => !shown.includes(error.pointer)).map((error) => error.message)
  }
}

/** What was thrown, as a refusal; anything else is a fault of ours and goes on up. */
export function refused(thrown: unknown): Refusal {
  if (thrown instanceof Refusal) return thrown
  throw thrown
}

/** The refusal that an answer is. */
export async function read(response: Response): Promise<Refusal> {
  const after = Number(response.headers.get('retry-after') ?? NaN)
  const problem = await response.json().then(
    (body: unknown) => (isProblem(body) ? body : null),
    () => null,
  )
  return new Refusal(response.status, problem?.code ?? 'unreadable', problem, Number.isFinite(after) ? after : null)
}

function isProblem(body: unknown): body is Problem {
  return typeof body === 'object' && body !== null && 'code' in body && 'title' in body
}
