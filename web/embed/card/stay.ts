/** How long a card stays once the pointer has left it and its mark, in milliseconds. */
const grace = 300;

type Point = [number, number];

/** What watches a pointer, by its positions in viewport pixels. */
export interface Stay {
  /** The pointer is on the mark or the card. */
  rest(x: number, y: number): void;
  /** The pointer is on neither. */
  stray(x: number, y: number, card: DOMRect): void;
}

/**
 * Decides when a card that the pointer opened may close: not over the mark, not
 * over the card, and not on the way from one to the other, which is the
 * triangle between the point of departure and the card's near edge.
 */
export function createStay(leave: () => unknown): Stay {
  let timer = 0;
  let departure: Point = [0, 0];
  let last = departure;
  const end = () => {
    clearTimeout(timer);
    timer = 0;
  };
  const begin = (delay: number) => {
    timer ||= setTimeout(() => {
      timer = 0;
      leave();
    }, delay);
  };
  return {
    rest(x, y) {
      departure = last = [x, y];
      end();
    },
    stray(x, y, card) {
      // Browsers tell of a move, too, where the page moved and the pointer did not.
      if (x == last[0] && y == last[1]) return;
      last = [x, y];
      const onItsWay = onTheWay([x, y], departure, card);
      // A pointer that stops halfway has changed its mind.
      if (onItsWay) end();
      begin(onItsWay ? 2 * grace : grace);
    },
  };
}

function onTheWay(point: Point, from: Point, card: DOMRect): boolean {
  const near = from[1] < card.top ? card.top : card.bottom;
  const a: Point = [card.left - 8, near];
  const b: Point = [card.right + 8, near];
  const side = (p: Point, q: Point) => (q[0] - p[0]) * (point[1] - p[1]) - (q[1] - p[1]) * (point[0] - p[0]);
  const sides = [side(from, a), side(a, b), side(b, from)];
  return sides.every((s) => s >= 0) || sides.every((s) => s <= 0);
}
