/// Places of the developments that an entry carries, primary first: mostly one, which needs no memory of its own.
struct PlaceList: Sendable, Equatable {
    private static let none: Int32 = -1

    private var first: Int32
    private var others: [Int32]

    init(_ places: [Int]) {
        first = places.first.map { Int32(truncatingIfNeeded: $0) } ?? Self.none
        others = places.dropFirst().map { Int32(truncatingIfNeeded: $0) }
    }

    var all: [Int] { first == Self.none ? [] : [Int(first)] + others.map { Int($0) } }

    func contains(_ place: Int) -> Bool { Int(first) == place || others.contains { Int($0) == place } }

    func forEach(_ body: (Int) -> Void) {
        guard first != Self.none else { return }
        body(Int(first))
        for place in others { body(Int(place)) }
    }
}
