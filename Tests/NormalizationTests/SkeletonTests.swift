import Testing

@testable import Normalization

@Suite struct SkeletonTests {
    @Test(arguments: ["OpenAl", "0penAI", "ОpenAI", "OPENAI", "openai", "ＯｐｅｎＡＩ", "OpenА1"])
    func lookAlikesShareASkeleton(_ word: String) {
        #expect(Skeleton.skeleton(word) == Skeleton.skeleton("OpenAI"))
    }

    @Test func otherNamesKeepTheirOwn() {
        #expect(Skeleton.skeleton("OpenAir") != Skeleton.skeleton("OpenAI"))
        #expect(Skeleton.skeleton("Altman") == Skeleton.skeleton("Altrnan"))
    }
}
