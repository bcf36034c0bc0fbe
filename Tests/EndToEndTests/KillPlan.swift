/// Which window comes next, so that each gets its share of the kills. The same seed makes the same choices among the
/// same possibilities.
struct KillPlan {
    /// Kills in all.
    let kills: Int
    private var missing: [KillWindow: Int]
    private var state: UInt64

    init(kills: Int, seed: UInt64) {
        self.kills = kills
        state = seed
        missing = Dictionary(
            uniqueKeysWithValues: KillWindow.allCases.map {
                ($0, max(1, Int((Double(kills) * $0.share).rounded(.up))))
            })
    }

    /// Every window has had its share.
    var isDone: Bool { missing.values.allSatisfy { $0 <= 0 } }

    /// One of the windows that are possible now and have not had their share; nil when there is none.
    mutating func next(of possible: [KillWindow]) -> KillWindow? {
        let open = possible.filter { missing[$0, default: 0] > 0 }
        guard !open.isEmpty else { return nil }
        return open[Int(random(below: UInt32(open.count)))]
    }

    /// The daemon was killed in this window.
    mutating func hit(_ window: KillWindow) { missing[window, default: 0] -= 1 }

    /// Takes another week's seed.
    mutating func reseed(_ seed: UInt64) { state = seed }

    /// SplitMix64 (Steele, Lea and Flood, “Fast splittable pseudorandom number generators”, 2014).
    mutating func random(below bound: UInt32) -> UInt32 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        mixed ^= mixed >> 31
        return bound == 0 ? 0 : UInt32(mixed % UInt64(bound))
    }
}
