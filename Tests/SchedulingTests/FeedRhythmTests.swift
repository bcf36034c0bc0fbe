import Scheduling
import Testing

@Suite struct FeedRhythmTests {
    @Test func guessHoldsBeforeAnythingIsSeen() {
        #expect(FeedRhythm().gap(guess: 3600) == 3600)
    }

    @Test func regularNewsGivesItsGap() {
        var rhythm = FeedRhythm()
        for _ in 0..<500 { rhythm.observe(elapsed: 7200, foundNews: true) }
        #expect(abs(rhythm.gap(guess: 3600) - 7200) < 200)
    }

    @Test func everyFourthPollWithNewsGivesFourTimesTheGap() {
        var rhythm = FeedRhythm()
        for poll in 0..<2000 { rhythm.observe(elapsed: 900, foundNews: poll % 4 == 0) }
        #expect(abs(rhythm.gap(guess: 3600) - 3600) < 100)
    }

    @Test func whatHappenedAWeekAgoCountsHalf() {
        var rhythm = FeedRhythm()
        rhythm.observe(elapsed: 100, foundNews: true)
        rhythm.observe(elapsed: 7 * 86_400, foundNews: false)
        #expect(abs(rhythm.updates - 0.5) < 1e-4)
        rhythm.observe(elapsed: 3 * 86_400, foundNews: false)
        #expect(abs(rhythm.updates - 0.3715) < 1e-3)
    }

    @Test func clockSetBackDoesNoHarm() {
        var rhythm = FeedRhythm()
        rhythm.observe(elapsed: -1e9, foundNews: false)
        #expect(rhythm == FeedRhythm())
        rhythm.observe(elapsed: 1e18, foundNews: true)
        #expect(rhythm.updates == 1)
    }
}
