/**
 * Twilio's refusals as its API words them: code, HTTP status, sentence. `{}` takes the value in question.
 *
 * Sources: the pages twilio.com/docs/api/errors/<code>; those marked (memory) are worded from memory.
 */
const problems = {
  20003: { status: 401, message: 'Authenticate' },
  20004: { status: 405, message: 'Method not allowed' },
  20009: { status: 409, message: 'Cannot delete this resource before it is complete' }, // the status (memory)
  20404: { status: 404, message: 'The requested resource {} was not found' },
  20429: { status: 429, message: 'Too Many Requests' },
  20500: { status: 500, message: 'An internal server error has occurred' },
  21211: { status: 400, message: "Invalid 'To' Phone Number: {}" },
  21212: { status: 400, message: 'Invalid From Number (caller ID): {}' },
  21266: { status: 400, message: "'To' and 'From' number cannot be the same: {}" },
  21408: {
    status: 400,
    message: "Permission to send an SMS has not been enabled for the region indicated by the 'To' number: {}",
  },
  21602: { status: 400, message: 'Message body is required.' },
  21603: { status: 400, message: "A 'From' phone number is required." },
  21604: { status: 400, message: "A 'To' phone number is required." },
  21606: {
    status: 400,
    message:
      "The 'From' phone number provided ({}) is not a valid message-capable Twilio phone number for this destination",
  },
  21609: { status: 400, message: "The 'StatusCallback' URL {} is not a valid URL." },
  21610: { status: 400, message: 'Attempt to send to unsubscribed recipient' },
  21611: { status: 400, message: "This 'From' number has exceeded the maximum number of queued messages: {}" },
  21612: { status: 400, message: "The 'To' phone number {} is not currently reachable via SMS." },
  21614: { status: 400, message: "'To' number is not a valid mobile number: {}" },
  21617: { status: 400, message: 'The concatenated message body exceeds the 1600 character limit' },
  21620: { status: 400, message: 'Invalid media URL(s)' },
  21623: { status: 400, message: 'Number of media files exceeds allowed limit' },
  21704: { status: 400, message: 'The Messaging Service contains no phone numbers' },
  21705: { status: 400, message: 'The Messaging Service Sid {} is invalid' },
  30409: { status: 400, message: 'This message cannot be canceled' },
  35111: { status: 400, message: 'SendAt time must be at least 15 minutes and at most 35 days in the future' },
  35118: { status: 400, message: 'MessagingServiceSid is required to schedule a message' },
} as const;

/** A code of Twilio's that the emulator can answer with. */
export type ProblemCode = keyof typeof problems;

/** A refusal in the shape of Twilio's API. */
export interface ApiProblem {
  readonly status: number;
  readonly code: number;
  readonly message: string;
}

/** The refusal of this code. */
export function problem(code: ProblemCode, value = ''): ApiProblem {
  const { status, message } = problems[code];
  return { status, code, message: message.replace('{}', () => value) };
}

/** Thrown by the handlers of the API, answered by the server. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly problem: ApiProblem;
  constructor(reason: ApiProblem) {
    super(`Refused with ${reason.code}`);
    this.problem = reason;
  }
}

/** Refuses the request with this code. */
export function refuse(code: ProblemCode, value?: string): never {
  throw new Refusal(problem(code, value));
}

/** The body of the refusal. */
export function problemBody({ status, code, message }: ApiProblem): string {
  return JSON.stringify({ code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status });
}
