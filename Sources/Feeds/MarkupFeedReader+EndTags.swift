import Markup

/// What an end tag closes.
extension MarkupFeedReader {
    mutating func endTag(_ bytes: Span<UInt8>) {
        if isRootClosed { return }
        if ignoredDepth > 0 {
            ignoredDepth -= 1
            return
        }
        let range = scanner.token.range
        if isReadingField, field.sameName > 0, elements.hasName(field.frame, scanner.name, bytes, range) {
            field.sameName -= 1
            return appendMarkup(bytes)
        }
        let top = elements.count - 1
        if top >= 0, elements.hasName(top, scanner.name, bytes, range) { return pop(to: top) }
        guard let index = elements.lastIndex(scanner.name, bytes, range) else { return endTagOfNone(bytes) }
        noteToken("unclosed-element", "elements were not closed before the end of the one around them")
        pop(to: index)
    }

    private mutating func endTagOfNone(_ bytes: Span<UInt8>) {
        if !isReadingField {
            noteToken("unmatched-end-tag", "an end tag without its element was passed over")
        } else if field.form.writing != .raw || field.depth > 0 {
            appendMarkup(bytes)
        } else {
            // Everything inside is closed, so this is the field's own end tag under a wrong name.
            noteToken("misnamed-end-tag", "a field's end tag has the wrong name")
            pop(to: field.frame)
        }
    }

    /// Closes every element from `index` up.
    mutating func pop(to index: Int) {
        while elements.count > index {
            let depth = elements.count - 1
            if isReadingField, field.frame == depth { closeField() }
            if isInEntry, depth == entryFrame { closeEntry() }
            if rootFrame == depth { isRootClosed = true }
            if let bindings = elements.pop() { names.unbind(to: bindings) }
        }
    }
}
