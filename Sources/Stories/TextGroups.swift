/// Elements of a text by the sentence, or the clause, that they begin in. Built in O(n), looked up in O(1): whoever asked
/// the whole text for each of its words would pay for its square.
struct TextGroups<Element> {
    private let elements: [Element]
    /// Where the elements of each group begin, and behind the last one their count.
    private var starts: [Int] = [0]

    /// Elements whose groups, numbered from 0, do not descend.
    init(_ elements: [Element], group: (Element) -> Int) {
        self.elements = elements
        for (place, element) in elements.enumerated() {
            let number = group(element)
            while starts.count <= number { starts.append(place) }
        }
        starts.append(elements.count)
    }

    /// Those of a group; none of one that nothing begins in.
    subscript(number: Int) -> ArraySlice<Element> {
        number + 1 < starts.count ? elements[starts[number]..<starts[number + 1]] : []
    }
}
