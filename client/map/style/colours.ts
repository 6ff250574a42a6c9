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
    borders: { provinsi: '#5D7399', kabkota: '#4F648A', kecamatan: '#44587C', desa: '#37496A', rw: '#2F3F5D' },
    streets: { casing: '#141E31', primary: '#4A5F86', secondary: '#3C5076', residential: '#304262', path: '#2B3B58' },
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
    borders: { provinsi: '#7F8FA6', kabkota: '#8F9EB3', kecamatan: '#A1AFC2', desa: '#B6C2D2', rw: '#CBD4E0' },
    streets: { casing: '#CBD5E2', primary: '#FFF7E6', secondary: '#FFFFFF', residential: '#FFFFFF', path: '#E4EAF2' },
    text: SURFACES.light.text,
    textQuiet: SURFACES.light.dimmed,
    halo: '#FFFFFFE6',
    selected: SURFACES.light.focus,
  },
};
