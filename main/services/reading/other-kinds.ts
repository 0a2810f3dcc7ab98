// Kinds of file that people have beside their texts, by the extension: named for what they are instead of being called
// unknown.

const extensions = {
  image: '.png .jpg .jpeg .gif .bmp .webp .heic .heif .tif .tiff .svg .ico .psd .ai',
  audio: '.mp3 .wav .m4a .aac .flac .ogg .wma',
  video: '.mp4 .mov .avi .mkv .webm .wmv .m4v',
  pdf: '.pdf'
} as const
export type OtherKind = keyof typeof extensions

export function kindOf(extension: string): OtherKind | null {
  const kinds = Object.keys(extensions) as OtherKind[]
  return kinds.find((kind) => extensions[kind].split(' ').includes(extension)) ?? null
}
