import { useView } from '../../state/view.ts';

/** The address under which a saved analysis opens, in the language of who copies it. */
export function savedLink(id: string, origin = location.origin): string {
  const { language } = useView.getState();
  return `${origin}/?ruang=analisis${language === 'id' ? '' : `&bahasa=${language}`}&simpanan=${id}`;
}
