// Header-only, so that the programs need no C++ library of toml++ at run time.
#define TOML_HEADER_ONLY 1
#define TOML_EXCEPTIONS 0
#define TOML_ENABLE_FORMATTERS 0
// toml++ 3.3 asserts, and with NDEBUG lets the compiler assume, that a table's name begins as one should;
// `[[[[` breaks that. With neither, the branch that reports the error is reached.
#undef NDEBUG
#define TOML_ASSERT(expression) static_cast<void>(0)
#include "CTOML.h"

#include <deque>
#include <new>
#include <sstream>
#include <string>
#include <toml++/toml.h>
#include <vector>

struct CTOMLDocument {
    toml::table root;
    std::vector<CTOMLNode> nodes;
    // A deque: its strings stay where they are while it grows, and `nodes` points at them.
    std::deque<std::string> texts;
    std::string error;
    toml::source_position error_position{};
};

namespace {

template <typename Value> std::string printed(const Value &value) {
    std::ostringstream stream;
    stream << value;
    return stream.str();
}

// toml++ stops at 256 nested values, which bounds this recursion.
void append(CTOMLDocument &document, const toml::node &node, int32_t parent, const toml::key *key) {
    CTOMLNode out{};
    out.parent = parent;
    if (key != nullptr) {
        out.key = key->str().data();
        out.key_length = key->str().size();
        out.key_line = key->source().begin.line;
        out.key_column = key->source().begin.column;
    }
    out.line = node.source().begin.line;
    out.column = node.source().begin.column;
    auto keep = [&](std::string text) {
        const std::string &kept = document.texts.emplace_back(std::move(text));
        out.text = kept.data();
        out.text_length = kept.size();
    };
    switch (node.type()) {
    case toml::node_type::table: out.kind = CTOML_TABLE; break;
    case toml::node_type::array: out.kind = CTOML_ARRAY; break;
    case toml::node_type::string: {
        const std::string &text = node.as_string()->get();
        out.kind = CTOML_STRING;
        out.text = text.data();
        out.text_length = text.size();
        break;
    }
    case toml::node_type::integer:
        out.kind = CTOML_INTEGER;
        out.integer = node.as_integer()->get();
        break;
    case toml::node_type::floating_point:
        out.kind = CTOML_FLOAT;
        out.real = node.as_floating_point()->get();
        break;
    case toml::node_type::boolean:
        out.kind = CTOML_BOOLEAN;
        out.integer = node.as_boolean()->get() ? 1 : 0;
        break;
    case toml::node_type::date:
        out.kind = CTOML_DATETIME;
        keep(printed(node.as_date()->get()));
        break;
    case toml::node_type::time:
        out.kind = CTOML_DATETIME;
        keep(printed(node.as_time()->get()));
        break;
    default:
        out.kind = CTOML_DATETIME;
        keep(printed(node.as_date_time()->get()));
        break;
    }
    const auto index = static_cast<int32_t>(document.nodes.size());
    document.nodes.push_back(out);
    if (const toml::table *table = node.as_table()) {
        for (const auto &[name, child] : *table) {
            append(document, child, index, &name);
        }
    } else if (const toml::array *array = node.as_array()) {
        for (const toml::node &child : *array) {
            append(document, child, index, nullptr);
        }
    }
}

} // namespace

extern "C" CTOMLDocument *ctoml_parse(const char *text, size_t length) {
    auto *document = new (std::nothrow) CTOMLDocument();
    if (document == nullptr) {
        return nullptr;
    }
    toml::parse_result result = toml::parse(std::string_view(text, length));
    if (!result) {
        document->error = std::string(result.error().description());
        document->error_position = result.error().source().begin;
        return document;
    }
    document->root = std::move(result).table();
    append(*document, document->root, -1, nullptr);
    return document;
}

extern "C" const char *ctoml_error(const CTOMLDocument *document, uint32_t *line, uint32_t *column) {
    if (document->error.empty()) {
        return nullptr;
    }
    *line = document->error_position.line;
    *column = document->error_position.column;
    return document->error.c_str();
}

extern "C" size_t ctoml_count(const CTOMLDocument *document) { return document->nodes.size(); }

extern "C" const CTOMLNode *ctoml_nodes(const CTOMLDocument *document) { return document->nodes.data(); }

extern "C" void ctoml_free(CTOMLDocument *document) { delete document; }
