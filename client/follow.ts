/**
 * Says what became of a deed, also where its part of the page is gone by then: the lists are asked for anew before the
 * answer is told, or a live event comes first, and callbacks given to `mutate` are lost with their part. Give it what
 * `mutateAsync` returns; what moves that part (closes a form, empties a field) stays a callback of `mutateAsync`.
 * @param onRefused absent where the part itself shows why
 */
export function follow<Answer>(
  deed: Promise<Answer>,
  onDone: (answer: Answer) => void,
  onRefused: (error: unknown) => void = () => {},
): void {
  void deed.then(onDone, onRefused);
}
