// When a request's turn with the program comes, which answers one at a time. How
// long that takes is known for who waits here, not for who waits in the sockets:
// workerd looks at these only when all else is done. So a request that is not alone
// sleeps, in which time others come in, to wait too or, if that would take too long,
// to be refused.
//
// The wait is that of Little's law, the number of those before times what each takes,
// kept as a virtual clock like that of the generic cell rate algorithm (ITU-T I.371):
// it runs ahead of time by what each one admitted is expected to take, and each
// sleeps until its own time: were several awake at once, the sockets would wait for
// all of them. So no request waits for another one, as the platform demands, and one
// whose client hangs up leaves nothing behind but its time.

/** How much one measurement counts for what a request is expected to take. */
const WEIGHT = 0.1;

let free = 0; // when all that are admitted will be done
let late = 0; // by how much the program is behind the times that they were told
let cost = 1; // what one takes on average, in milliseconds
let begun = 0; // how many have had their turn
let rested = 0; // of these, after how many the sockets and timers have been looked at

/** How long one more would wait, in milliseconds. */
export const backlog = () => Math.max(0, free - Date.now());

/** Resolves when it is the request's turn, which begins at once. */
export async function turn(ctx) {
  const wait = backlog();
  const told = Date.now() + wait - late;
  const takes = cost;
  free = Date.now() + wait + takes;
  if (wait > 0 || rested < begun) await scheduler.wait(wait);
  const start = Date.now();
  correct(start - late - told);
  const number = ++begun;
  ctx.waitUntil(scheduler.wait(0).then(() => rest(start, takes, number)));
}

/** Sets the clock by how much the program is later than expected. */
function correct(by) {
  late += by;
  free += by;
}

/** Time stands still while the program runs, and goes on with the next event. */
function rest(start, takes, number) {
  rested = begun;
  const took = Date.now() - start;
  if (number === begun) correct(took - takes);
  const each = took / (begun - number + 1);
  // One that takes very long, as that does for which the program starts, says little of others.
  cost += WEIGHT * (Math.min(each, 2 * cost) - cost);
}
