/** How long a card stays once the pointer has left it and its mark, in milliseconds. */
const grace = 300;

type Point = [number, number];

/** What watches a pointer: `move` takes its positions in viewport pixels, `end` forgets them. */
export interface Stay {
  move(x: number, y: number, inside: boolean, card: DOMRect): void;
  end(): void;
}

/**
 * Decides when a card that the pointer opened may close: not over the mark, not
 * over the card, and not on the way from one to the other, which is the
 * triangle between the point of departure and the card's near edge.
 */
export function createStay(leave: () => void): Stay {
  let timer = 0;
  let departure: Point | undefined;
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
    end,
    move(x, y, inside, card) {
      if (inside) {
        departure = [x, y];
        end();
      } else if (departure && onTheWay([x, y], departure, card)) {
        // A pointer that stops halfway has changed its mind.
        end();
        begin(2 * grace);
      } else begin(grace);
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
