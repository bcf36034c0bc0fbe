import Foundation
import Glibc
import Storage
import Testing

@Suite(.serialized) struct DatabaseLockTests {
    private static let flockTool = "/usr/bin/flock"

    /// Another process that holds the lock of `path` until its input ends or it is killed.
    private final class OtherHolder {
        private let process = Process()
        private let input = Pipe()

        init(lockPath: String) throws {
            let output = Pipe()
            process.executableURL = URL(filePath: DatabaseLockTests.flockTool)
            process.arguments = [
                "--no-fork", "--exclusive", lockPath, "/bin/sh", "-c",
                "echo \"other program, process $$\" > \"$0\"; echo ready; read _", lockPath,
            ]
            process.standardInput = input
            process.standardOutput = output
            try process.run()
            let ready = try output.fileHandleForReading.read(upToCount: 6)
            #expect(ready == Data("ready\n".utf8))
        }

        var id: Int32 { process.processIdentifier }

        func kill() {
            Glibc.kill(id, SIGKILL)
            process.waitUntilExit()
        }
    }

    @Test func secondHolderIsToldWhoHasIt() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("news.db")
        let lock = try DatabaseLock(path: path, holder: "newswatchd, process 4711")
        let error = try #require(
            #expect(throws: StorageError.self) { try DatabaseLock(path: path, holder: "second") })
        #expect(error.code == .held(holder: "newswatchd, process 4711"))
        #expect("\(error)".contains("in use by newswatchd, process 4711"))
        withExtendedLifetime(lock) {}
    }

    /// A child has a copy of every descriptor between fork and exec, and a lock lives as long as its last copy.
    @Test func aLockIsReleasedThoughAChildStillHasItsDescriptor() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("news.db")
        let lock = try DatabaseLock(path: path, holder: "first")
        let descriptors = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")
        let ours = descriptors.compactMap { Int32($0) }.first { descriptor in
            let link = try? FileManager.default.destinationOfSymbolicLink(
                atPath: "/proc/self/fd/\(descriptor)")
            return link == path + ".lock"
        }
        let copy = dup(try #require(ours))
        defer { close(copy) }
        lock.release()
        _ = try DatabaseLock(path: path, holder: "second")
    }

    @Test func releasedLockCanBeTakenAgain() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("news.db")
        let first = try DatabaseLock(path: path, holder: "first")
        first.release()
        first.release()
        let second = try DatabaseLock(path: path, holder: "second")
        #expect(throws: StorageError.self) { try DatabaseLock(path: path, holder: "third") }
        withExtendedLifetime((first, second)) {}
    }

    @Test func forgottenLockIsGivenBack() throws {
        let folder = try TemporaryFolder()
        _ = try DatabaseLock(path: folder.path("news.db"), holder: "first")
        _ = try DatabaseLock(path: folder.path("news.db"), holder: "second")
    }

    @Test func lockFileTellsOthersNothing() throws {
        let folder = try TemporaryFolder()
        let lock = try DatabaseLock(path: folder.path("news.db"), holder: "first")
        let attributes = try FileManager.default.attributesOfItem(atPath: folder.path("news.db.lock"))
        #expect(try #require(attributes[.posixPermissions] as? NSNumber).intValue & 0o007 == 0)
        withExtendedLifetime(lock) {}
    }

    @Test func symbolicLinkIsNotFollowed() throws {
        let folder = try TemporaryFolder()
        try Data("precious".utf8).write(to: URL(filePath: folder.path("precious")))
        try FileManager.default.createSymbolicLink(
            atPath: folder.path("news.db.lock"), withDestinationPath: folder.path("precious"))
        #expect(throws: StorageError.self) { try DatabaseLock(path: folder.path("news.db"), holder: "x") }
        #expect(try String(contentsOfFile: folder.path("precious"), encoding: .utf8) == "precious")
    }

    @Test(.enabled(if: access(flockTool, X_OK) == 0, "needs flock(1) of util-linux"))
    func lockOfAProcessEndsWithItsDeath() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("news.db")
        let other = try OtherHolder(lockPath: path + ".lock")
        let error = try #require(
            #expect(throws: StorageError.self) { try DatabaseLock(path: path, holder: "x") })
        #expect(error.code == .held(holder: "other program, process \(other.id)"))
        other.kill()
        _ = try DatabaseLock(path: path, holder: "x")
    }

    @Test(.enabled(if: access(flockTool, X_OK) == 0, "needs flock(1) of util-linux"))
    func otherProcessesAreKeptOut() throws {
        let folder = try TemporaryFolder()
        let lock = try DatabaseLock(path: folder.path("news.db"), holder: "x")
        func otherGetsIt() throws -> Bool {
            let process = Process()
            process.executableURL = URL(filePath: Self.flockTool)
            process.arguments = ["--nonblock", folder.path("news.db.lock"), "/bin/true"]
            try process.run()
            process.waitUntilExit()
            return process.terminationStatus == 0
        }
        #expect(try !otherGetsIt())
        lock.release()
        #expect(try otherGetsIt())
    }
}
