import Glibc
import Normalization
import SeededRandom
import Shingling

/// Times each stage of the copy path apart, and the index at three sizes. One thread; `make bench` pins it to a core.
@main
struct CopyStages {
    static func main() {
        var corpus = Corpus(seed: 7)
        let texts = (0..<5000).map { _ in corpus.text(words: 500) }
        print("5,000 texts of 500 words, \(texts.reduce(0) { $0 + $1.utf8.count } / texts.count) bytes each")
        if CommandLine.arguments.contains("whole") { return whole(texts) }
        stages(texts)
        recall()
        // Three sizes take a minute and 1.3 GB; `CopyStages stages` leaves them out.
        guard !CommandLine.arguments.contains("stages") else { return }
        for size in [10_000, 100_000, 1_000_000] { sizes(size, texts) }
    }

    static func stages(_ texts: [String]) {
        let units = texts.map { ShingleUnits.units(of: $0) }
        let sets = units.map { ShingleSet(units: $0) }
        let signatures = sets.compactMap { CopySignatures($0) }
        report("units (fold, cut into words, hash)", texts) { _ = ShingleUnits.units(of: $0) }
        report("shingle (distinct set of shingles)", units) { _ = ShingleSet(units: $0) }
        report("sign (two signatures of 128)", sets) { _ = CopySignatures($0) }
        var index = CopyIndex()
        for (number, signatures) in signatures.enumerated() {
            index.insert(document: Int64(number), signatures)
        }
        report("query", signatures) { _ = index.candidates(for: $0) }
        reportWhole("insert (into an index that grows)", signatures.count) {
            var index = CopyIndex()
            for (number, signatures) in signatures.enumerated() {
                index.insert(document: Int64(number), signatures)
            }
        }
        report("confirm (one candidate)", sets) { _ = CopyRule.standard.isCopy(a: $0, b: sets[0]) }
        whole(texts)
    }

    static func whole(_ texts: [String]) {
        reportWhole("whole path", texts.count) {
            var fingerprinter = CopyFingerprinter(capacity: texts.count)
            for text in texts { _ = fingerprinter.add(units: ShingleUnits.units(of: text)) }
        }
    }

    /// The best of ten rounds that each begin anew, divided by the number of inputs.
    static func reportWhole(_ name: String, _ count: Int, _ round: () -> Void) {
        let best = (0..<10).map { _ in ContinuousClock().measure(round) }.min() ?? .zero
        print("\(name): \(microseconds(best, count)) µs")
    }

    static func sizes(_ size: Int, _ texts: [String]) {
        var random = SplitMix(state: UInt64(size))
        var index = CopyIndex()
        func sample() -> CopySignatures {
            func signature() -> MinHashSignature {
                let values = (0..<MinHashSignature.count).map { _ in UInt32(truncatingIfNeeded: random.next())
                }
                return MinHashSignature(values: values) ?? MinHashSignature(ShingleSet(units: []))
            }
            return CopySignatures(whole: signature(), lead: signature())
        }
        var inserting = Duration.zero
        for start in stride(from: 0, to: size, by: 5000) {
            let samples = (0..<5000).map { _ in sample() }
            inserting += ContinuousClock().measure {
                for (place, signatures) in samples.enumerated() {
                    index.insert(document: Int64(start + place), signatures)
                }
            }
        }
        print(
            "index of \(size): \(index.memoryBytes / size) bytes a document, "
                + "insert \(microseconds(inserting, size)) µs on average")
        let queries = (0..<20_000).map { _ in sample() }
        report("  lookup alone", queries) { _ = index.candidates(for: $0) }
        report("  query with a text (units, shingle, sign, lookup)", texts) {
            let set = ShingleSet(units: ShingleUnits.units(of: $0))
            if let signatures = CopySignatures(set) { _ = index.candidates(for: signatures) }
        }
    }

    /// Share of pairs of sets that agree in a band, for three ways to cut 128 values into bands.
    static func recall() {
        var random = SplitMix(state: 29)
        let pairs = 4000
        print("recall of bands, \(pairs) pairs each: Jaccard, shingles, 64 x 2, 42 x 3, 32 x 4")
        for size in [30, 100, 500] {
            for jaccard in [0.05, 0.1, 0.2, 0.3, 1.0 / 3, 0.5] {
                // |A ∩ B| ÷ |A ∪ B| of two sets of one size.
                let shared = Int((2 * Double(size) * jaccard / (1 + jaccard)).rounded())
                var found = [0, 0, 0]
                for _ in 0..<pairs {
                    let common = (0..<shared).map { _ in random.next() }
                    func signature() -> [UInt32] {
                        let own = (shared..<size).map { _ in random.next() }
                        return MinHashSignature(ShingleSet(units: common + own, width: 1)).values
                    }
                    let (first, second) = (signature(), signature())
                    for (place, rows) in [2, 3, 4].enumerated() {
                        let agrees = stride(from: 0, through: 128 - rows, by: rows).contains { start in
                            (start..<start + rows).allSatisfy { first[$0] == second[$0] }
                        }
                        if agrees { found[place] += 1 }
                    }
                }
                let exact = Double(shared) / Double(2 * size - shared)
                let shares = found.map { String(Double($0) / Double(pairs)) }.joined(separator: ", ")
                print("  \((exact * 1000).rounded() / 1000), \(size): \(shares)")
            }
        }
    }

    /// The best of some rounds over all inputs, divided by their number.
    static func report<Input>(_ name: String, _ inputs: [Input], _ body: (Input) -> Void) {
        var best = Duration.seconds(3600)
        for _ in 0..<5 {
            best = min(best, ContinuousClock().measure { for input in inputs { body(input) } })
        }
        print("\(name): \(microseconds(best, inputs.count)) µs")
    }

    static func microseconds(_ duration: Duration, _ count: Int) -> Double {
        (duration / .microseconds(1) / Double(count) * 100).rounded() / 100
    }
}

/// Texts of made-up words whose frequencies fall as those of a language do.
struct Corpus {
    private var random: SplitMix
    private let words: [String]

    init(seed: UInt64) {
        var random = SplitMix(state: seed)
        let syllables = [
            "ba", "cor", "den", "el", "fi", "gra", "hol", "in", "ka", "lo", "mi", "nes", "or", "pa", "ran",
            "sto",
        ]
        var words: [String] = []
        for number in 0..<30_000 {
            let length = number < 200 ? 1...2 : 2...4
            words.append(
                (0..<Int.random(in: length, using: &random)).map { _ in
                    syllables[Int(random.next() % 16)]
                }.joined())
        }
        self.words = words
        self.random = random
    }

    mutating func text(words count: Int) -> String {
        var text = ""
        for place in 0..<count {
            let word = words[random.place(below: words.count)]
            text +=
                place % 12 == 0
                ? (place == 0 ? "" : ". ") + word.prefix(1).uppercased() + word.dropFirst() : " " + word
        }
        return text
    }
}
