import React, { useState } from "react";
import { Postil } from "./Postil.jsx";

export function Article() {
  const [rented, setRented] = useState(1);
  const [notes, setNotes] = useState(true);
  return (
    <>
      {notes && <Postil host="https://glossary.example.org" root="article" />}
      <article>
        <h1>Accelerators</h1>
        <p>
          A lab rents {rented} graphics processing {rented == 1 ? "unit" : "units"} and calls it artificial intelligence.
        </p>
      </article>
      <button onClick={() => setRented(rented + 1)}>Rent another</button>
      <button onClick={() => setNotes(!notes)}>{notes ? "Without notes" : "With notes"}</button>
    </>
  );
}
