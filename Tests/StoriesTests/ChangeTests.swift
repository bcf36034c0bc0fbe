import Foundation
import Testing

@testable import Stories

@Suite struct ChangeTests {
    private var change: Change {
        var desk = Desk()
        desk.take(
            Sample.item("Northwind board fires Ada Marlow", "The directors dismissed her over 3 letters."))
        return desk.changes[0]
    }

    @Test func decodingGivesBackWhatWasEncoded() throws {
        let change = change
        #expect(try Change(decoding: change.encoded()) == change)
        #expect(change.encoded() == change.encoded())
        #expect(change.encoded().first == Change.version)
    }

    @Test func anUnknownVersionIsNamed() {
        var bytes = change.encoded()
        bytes[0] = 200
        #expect(throws: StoryFailure.unknownVersion(200)) { try Change(decoding: bytes) }
    }

    @Test func everyTruncationIsAnErrorAndNoCrash() {
        let bytes = change.encoded()
        for length in 0..<bytes.count {
            #expect(throws: StoryFailure.self) { try Change(decoding: Array(bytes[..<length])) }
        }
    }

    @Test func damagedBytesNeverTrap() {
        let bytes = change.encoded()
        var engine = Sample.engine()
        for index in bytes.indices {
            for value in [UInt8(0), 0x7F, 0xFF] {
                var damaged = bytes
                damaged[index] = value
                if let change = try? Change(decoding: damaged) { engine.apply(change) }
            }
        }
        #expect(engine.developments(inTopic: "northwind").count <= bytes.count * 3)
    }
}
