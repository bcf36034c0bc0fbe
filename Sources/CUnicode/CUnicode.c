#include "CUnicode.h"

#include <pthread.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>
#include <unicode/uspoof.h>
#include <unicode/ustring.h>

static pthread_once_t checker_once = PTHREAD_ONCE_INIT;
static USpoofChecker *checker = NULL;

// A checker may be used by several threads at once as long as nobody configures it.
static void open_checker(void) {
    UErrorCode status = U_ZERO_ERROR;
    checker = uspoof_open(&status);
    if (U_FAILURE(status)) checker = NULL;
}

static const UNormalizer2 *normalizer(int32_t mapping, UErrorCode *status) {
    switch (mapping) {
    case CUNICODE_NFC: return unorm2_getNFCInstance(status);
    case CUNICODE_NFD: return unorm2_getNFDInstance(status);
    case CUNICODE_NFKC: return unorm2_getNFKCInstance(status);
    case CUNICODE_NFKC_CASEFOLD: return unorm2_getNFKCCasefoldInstance(status);
    default: return NULL;
    }
}

int32_t cunicode_map(
    int32_t mapping, const uint16_t *source, int32_t count, uint16_t *target, int32_t capacity) {
    UErrorCode status = U_ZERO_ERROR;
    const UChar *from = (const UChar *)source;
    UChar *to = (UChar *)target;
    int32_t length = -1;
    switch (mapping) {
    case CUNICODE_CASEFOLD: length = u_strFoldCase(to, capacity, from, count, U_FOLD_CASE_DEFAULT, &status); break;
    case CUNICODE_LOWER: length = u_strToLower(to, capacity, from, count, "", &status); break;
    case CUNICODE_UPPER: length = u_strToUpper(to, capacity, from, count, "", &status); break;
    case CUNICODE_SKELETON:
        pthread_once(&checker_once, open_checker);
        if (checker == NULL) return -1;
        length = uspoof_getSkeleton(checker, 0, from, count, to, capacity, &status);
        break;
    default: {
        const UNormalizer2 *instance = normalizer(mapping, &status);
        if (instance == NULL) return -1;
        length = unorm2_normalize(instance, from, count, to, capacity, &status);
    }
    }
    if (status == U_BUFFER_OVERFLOW_ERROR) return length;
    return U_FAILURE(status) ? -1 : length;
}

int32_t cunicode_category(uint32_t code_point) { return u_charType((UChar32)code_point); }

int32_t cunicode_script(uint32_t code_point) {
    UErrorCode status = U_ZERO_ERROR;
    int32_t script = uscript_getScript((UChar32)code_point, &status);
    return U_FAILURE(status) ? USCRIPT_COMMON : script;
}

int32_t cunicode_digit(uint32_t code_point) { return u_charDigitValue((UChar32)code_point); }

bool cunicode_is_ignorable(uint32_t code_point) {
    return u_hasBinaryProperty((UChar32)code_point, UCHAR_DEFAULT_IGNORABLE_CODE_POINT);
}

const int32_t cunicode_common = USCRIPT_COMMON, cunicode_inherited = USCRIPT_INHERITED,
              cunicode_latin = USCRIPT_LATIN, cunicode_cyrillic = USCRIPT_CYRILLIC, cunicode_greek = USCRIPT_GREEK,
              cunicode_arabic = USCRIPT_ARABIC, cunicode_hebrew = USCRIPT_HEBREW,
              cunicode_devanagari = USCRIPT_DEVANAGARI, cunicode_han = USCRIPT_HAN,
              cunicode_hiragana = USCRIPT_HIRAGANA, cunicode_katakana = USCRIPT_KATAKANA,
              cunicode_bopomofo = USCRIPT_BOPOMOFO, cunicode_hangul = USCRIPT_HANGUL, cunicode_thai = USCRIPT_THAI,
              cunicode_lao = USCRIPT_LAO, cunicode_khmer = USCRIPT_KHMER, cunicode_myanmar = USCRIPT_MYANMAR,
              cunicode_yi = USCRIPT_YI;
