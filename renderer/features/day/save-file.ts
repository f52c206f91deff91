/** Has the window save bytes among the downloads of this computer. */
export function saveFile({
  name,
  mediaType,
  content,
}: {
  readonly name: string;
  readonly mediaType: string;
  readonly content: string;
}): void {
  const bytes = Uint8Array.from(atob(content), (character) => character.charCodeAt(0));
  const address = URL.createObjectURL(new Blob([bytes], { type: mediaType }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The download has begun by the next turn, and holds the bytes itself.
  setTimeout(() => URL.revokeObjectURL(address), 0);
}
