#ifndef CUNICODE_H
#define CUNICODE_H

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Mappings of ICU that turn a UTF-16 text into another one.
enum {
    /// Canonical composition.
    CUNICODE_NFC = 0,
    /// Canonical decomposition.
    CUNICODE_NFD = 1,
    /// Compatibility composition.
    CUNICODE_NFKC = 2,
    /// Compatibility composition, full case folding, default ignorable code points out.
    CUNICODE_NFKC_CASEFOLD = 3,
    /// Full case folding.
    CUNICODE_CASEFOLD = 4,
    /// Lower case by the rules of no particular language.
    CUNICODE_LOWER = 5,
    /// Upper case by the rules of no particular language.
    CUNICODE_UPPER = 6,
    /// Skeleton of UTS #39: two texts that can be confused have the same one.
    CUNICODE_SKELETON = 7
};

/// Maps `count` UTF-16 units of `source` into `target`, which holds `capacity` units. Returns the length of the whole
/// result: beyond `capacity` nothing useful was written and the call is to be repeated with more room. -1: ICU failed.
int32_t cunicode_map(
    int32_t mapping, const uint16_t *source, int32_t count, uint16_t *target, int32_t capacity);

/// General category of a code point (`UCharCategory`, 0…29).
int32_t cunicode_category(uint32_t code_point);

/// Script of a code point (`UScriptCode`); see the names below.
int32_t cunicode_script(uint32_t code_point);

/// 0…9 of a decimal digit of any script, else -1.
int32_t cunicode_digit(uint32_t code_point);

/// Whether a code point shows nothing by itself (zero width, soft hyphen, bidirectional marks, variation selectors).
bool cunicode_is_ignorable(uint32_t code_point);

/// Values of `cunicode_script`.
extern const int32_t cunicode_common, cunicode_inherited, cunicode_latin, cunicode_cyrillic, cunicode_greek,
    cunicode_arabic, cunicode_hebrew, cunicode_devanagari, cunicode_han, cunicode_hiragana, cunicode_katakana,
    cunicode_bopomofo, cunicode_hangul, cunicode_thai, cunicode_lao, cunicode_khmer, cunicode_myanmar, cunicode_yi;

#ifdef __cplusplus
}
#endif

#endif
