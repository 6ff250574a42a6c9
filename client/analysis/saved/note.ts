/** What a note says, and the decision that it asks for. */
export interface NoteParts {
  text: string;
  decision: string;
}

/** Begins the last paragraph of a note, the decision that is asked for. */
const HEADING = { id: 'Keputusan yang diminta:', en: 'Decision asked:' } as const;
const DECISION = new RegExp(`(?:^|\\n\\n)(?:${Object.values(HEADING).join('|')}) ([\\s\\S]*)$`);

/** One note of both, to be read as it is by whoever opens it elsewhere. */
export function joinNote({ text, decision }: NoteParts, language: keyof typeof HEADING): string {
  const asked = decision.trim();
  return [text.trim(), asked && `${HEADING[language]} ${asked}`].filter(Boolean).join('\n\n');
}

/** The parts of a note, in whichever language it was written. */
export function splitNote(note: string): NoteParts {
  const found = DECISION.exec(note);
  return found
    ? { text: note.slice(0, found.index).trim(), decision: (found[1] ?? '').trim() }
    : { text: note.trim(), decision: '' };
}
