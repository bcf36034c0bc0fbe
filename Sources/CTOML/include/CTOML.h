#ifndef CTOML_H
#define CTOML_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// What a value of a TOML document is.
enum {
    CTOML_TABLE = 0,
    CTOML_ARRAY = 1,
    CTOML_STRING = 2,
    CTOML_INTEGER = 3,
    CTOML_FLOAT = 4,
    CTOML_BOOLEAN = 5,
    /// A date, a time, or both; `text` has it in RFC 3339 form.
    CTOML_DATETIME = 6
};

/// One value of a document. Lines and columns count from 1; a column counts code points.
/// Pointers stay valid until `ctoml_free`; texts are UTF-8 and not terminated by their length alone.
typedef struct CTOMLNode {
    int32_t kind;
    /// Index of the enclosing table or array, -1 for the root.
    int32_t parent;
    /// NULL for the root and for elements of an array.
    const char *key;
    size_t key_length;
    uint32_t key_line;
    uint32_t key_column;
    uint32_t line;
    uint32_t column;
    /// Of a string or a date-time, else NULL.
    const char *text;
    size_t text_length;
    /// Of an integer; 0 or 1 of a boolean.
    int64_t integer;
    /// Of a float.
    double real;
} CTOMLNode;

typedef struct CTOMLDocument CTOMLDocument;

/// Parses TOML 1.0. NULL only if memory ran out; a syntax error is in the document returned.
CTOMLDocument *ctoml_parse(const char *text, size_t length);

/// The first syntax error, or NULL if there is none. `line` and `column` are written only with an error.
const char *ctoml_error(const CTOMLDocument *document, uint32_t *line, uint32_t *column);

/// The nodes, parents before children, the root first. Zero nodes after a syntax error.
size_t ctoml_count(const CTOMLDocument *document);
const CTOMLNode *ctoml_nodes(const CTOMLDocument *document);

void ctoml_free(CTOMLDocument *document);

#ifdef __cplusplus
}
#endif

#endif
