import { SURFACES, type Theme } from '../../palette.ts';

/** Colours of the built-in base map and of the areas: greys of one family, so that only meaning has colour. */
export interface MapColours {
  sea: string;
  land: string;
  coast: string;
  green: string;
  building: string;
  area: string;
  /** Borders from the widest level to the narrowest. */
  borders: { provinsi: string; kabkota: string; kecamatan: string; desa: string; rw: string };
  streets: { casing: string; primary: string; secondary: string; residential: string; path: string };
  text: string;
  textQuiet: string;
  halo: string;
  selected: string;
}

export const MAP_COLOURS: Record<Theme, MapColours> = {
  dark: {
    sea: SURFACES.dark.page,
    land: '#172338',
    coast: '#2B3C5B',
    green: '#1A2E38',
    building: '#24334E',
    area: SURFACES.dark.area,
    borders: { provinsi: '#7C8FB3', kabkota: '#7588AC', kecamatan: '#6E81A5', desa: '#66799D', rw: '#4E6085' },
    streets: { casing: '#151F33', primary: '#455A82', secondary: '#394D72', residential: '#2D3E5D', path: '#283853' },
    text: SURFACES.dark.text,
    textQuiet: SURFACES.dark.dimmed,
    halo: '#0E1726E6',
    selected: SURFACES.dark.focus,
  },
  light: {
    sea: SURFACES.light.water,
    land: '#F1F4F8',
    coast: '#AEBFD3',
    green: '#E2EDE0',
    building: '#E3E8EF',
    area: SURFACES.light.area,
    borders: { provinsi: '#66778F', kabkota: '#6F8098', kecamatan: '#7C8CA3', desa: '#8897AD', rw: '#A5B2C4' },
    streets: { casing: '#CBD5E2', primary: '#FFF7E6', secondary: '#FFFFFF', residential: '#FFFFFF', path: '#E4EAF2' },
    text: SURFACES.light.text,
    textQuiet: SURFACES.light.dimmed,
    halo: '#FFFFFFE6',
    selected: SURFACES.light.focus,
  },
};
