// @ts-check
/** How names are made comparable, as `foundation.search.fold` does it on the server: no accents, no case, one form of letters. */

const LETTERS = /** @type {Record<string, string>} */ ({ ß: "ss", æ: "ae", œ: "oe", ø: "o", đ: "d", ð: "d", þ: "th", ł: "l", ı: "i" });
const ARABIC = /** @type {Record<string, string>} */ ({ أ: "ا", إ: "ا", آ: "ا", ٱ: "ا", ى: "ي", ة: "ه", ـ: "" });

/** @param {string} text */
export function fold(text) {
  const plain = text.toLowerCase().normalize("NFKD").replace(/[ßæœøđðþłı]/g, (letter) => LETTERS[letter]).normalize("NFKD");
  return plain.replace(/\p{M}/gu, "").normalize("NFC").replace(/[أإآٱىةـ]/g, (letter) => ARABIC[letter]);
}

/** The words of a text, folded, each once, with one space between them. @param {string} text */
export function words(text) {
  return [...new Set(fold(text).split(/[^\p{L}\p{N}]+/u).filter(Boolean))].join(" ");
}
