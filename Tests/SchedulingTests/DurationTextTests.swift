import Scheduling
import Testing

@Suite struct DurationTextTests {
    @Test(arguments: [
        (Duration.milliseconds(250), "250 ms"), (.seconds(1), "1 s"), (.milliseconds(1500), "1.5 s"),
        (.seconds(89), "89 s"), (.seconds(90), "1.5 min"), (.seconds(900), "15 min"), (.seconds(7200), "2 h"),
        (.seconds(86_400), "24 h"), (.days(2), "2 days"), (.days(7), "7 days"), (.zero, "0 ms"),
        (.seconds(Int64.max), "11574074074 days"),
    ])
    func phraseUsesTheLargestFittingUnit(duration: Duration, phrase: String) {
        #expect(duration.phrase == phrase)
    }
}
