/** A planner's first ten minutes, and the keys of the room. */
export const HELP = {
  id: {
    steps: [
      'Buat zona, pilih di daftar, lalu sapukan di peta sambil menahan tombol tetikus atau satu jari. Dua jari, atau spasi sambil menarik, menggeser peta.',
      'Lingkari, satu kecamatan, dan penghapus ada di bilah alat. Zona yang selesai dikunci, supaya tidak tersapu.',
      'Angka beban mengikuti sapuan. Periksa menunjukkan celah dan zona yang terpisah; klik untuk melihatnya di peta.',
      'Usulkan membagi sisanya dengan beban seimbang: lihat dulu di peta, baru pakai. Semuanya dapat diurungkan.',
      'Tetapkan bila sudah siap. Sesudah itu perubahan dikerjakan di salinannya.',
    ],
    keys: [
      ['1–9', 'pilih zona'],
      ['B', 'kuas'],
      ['O', 'lingkari'],
      ['C', 'satu kecamatan'],
      ['E', 'penghapus'],
      ['L', 'kunci zona'],
      ['Ctrl Z', 'urungkan'],
      ['Ctrl Shift Z', 'ulangi'],
      ['Esc', 'letakkan alat'],
    ],
  },
  en: {
    steps: [
      'Make a zone, choose it in the list, then paint it on the map while you hold the mouse button or one finger down. Two fingers, or dragging with the space bar held, move the map.',
      'Lasso, whole kecamatan and eraser are in the toolbar. Lock a zone that is finished, so that nothing is painted over it.',
      'Workload follows the stroke. Checks show gaps and zones in pieces; click one to see it on the map.',
      'Suggest divides the rest evenly: look at it on the map first, then adopt it. Everything can be undone.',
      'Publish when it is ready. After that, changes are made in a copy.',
    ],
    keys: [
      ['1–9', 'choose a zone'],
      ['B', 'brush'],
      ['O', 'lasso'],
      ['C', 'whole kecamatan'],
      ['E', 'eraser'],
      ['L', 'lock the zone'],
      ['Ctrl Z', 'undo'],
      ['Ctrl Shift Z', 'redo'],
      ['Esc', 'lay the tool down'],
    ],
  },
} as const;
