import ControlProtocol
import ControlServer
import Foundation
import Testing

@Suite struct SocketFileTests {
    @Test func ownerAndGroupMayConnectAndNobodyElse() async throws {
        try await RunningServer.use { server in
            var information = stat()
            #expect(lstat(server.socketPath, &information) == 0)
            #expect(information.st_mode & S_IFMT == S_IFSOCK)
            #expect(information.st_mode & 0o7777 == 0o660)
        }
    }

    @Test func theFileIsGoneAfterTheServerStopped() async throws {
        let path = try await RunningServer.use { server in
            #expect(FileManager.default.fileExists(atPath: server.socketPath))
            return server.socketPath
        }
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test func theSocketOfAKilledDaemonIsReplaced() async throws {
        let folder = TemporaryFolder()
        let path = folder.path + "/s"
        try Self.bindAndAbandon(path)
        try await RunningServer.use(in: folder) { server in
            #expect(server.socketPath == path)
            let answer = try await server.request("GET", "/api/v1/status")
            #expect(answer.status == 200)
        }
    }

    @Test func aFileInTheWayIsLeftAlone() async throws {
        let folder = TemporaryFolder()
        defer { folder.remove() }
        let path = folder.path + "/s"
        try Data("precious".utf8).write(to: URL(fileURLWithPath: path))
        let error = await Self.failure(path)
        #expect(error == .notASocket(path: path))
        #expect(error?.exitCode == .configuration)
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "precious")
    }

    @Test func aLinkToASocketIsLeftAlone() async throws {
        let folder = TemporaryFolder()
        defer { folder.remove() }
        try Self.bindAndAbandon(folder.path + "/real")
        try FileManager.default.createSymbolicLink(
            atPath: folder.path + "/s", withDestinationPath: folder.path + "/real")
        #expect(await Self.failure(folder.path + "/s") == .notASocket(path: folder.path + "/s"))
        #expect(FileManager.default.fileExists(atPath: folder.path + "/real"))
    }

    @Test func aMissingFolderIsNamed() async {
        let error = await Self.failure("/tmp/nwc-missing/deeper/s")
        #expect(
            error?.description
                == "control socket /tmp/nwc-missing/deeper/s: the folder /tmp/nwc-missing/deeper does not exist; "
                + "create it or choose another path ([control] socket)")
        #expect(error?.exitCode == .configuration)
    }

    @Test func aPathThatNoSocketCanHaveIsRefusedWithBothNumbers() async throws {
        let folder = TemporaryFolder()
        defer { folder.remove() }
        let path = folder.path + "/" + String(repeating: "x", count: 103 - folder.path.utf8.count)
        let error = await Self.failure(path)
        #expect(error == .pathTooLong(path: path, bytes: 104, limit: 103))
        #expect(error?.exitCode == .configuration)
    }

    @Test func theLongestPathWorks() async throws {
        let folder = TemporaryFolder()
        defer { folder.remove() }
        let path = folder.path + "/" + String(repeating: "x", count: 102 - folder.path.utf8.count)
        #expect(path.utf8.count == 103)
        let (ready, signal) = AsyncStream<Bool>.makeStream()
        let server = ControlServer(socketPath: path, control: FakeDaemon(), onReady: { signal.yield(true) })
        let task = Task {
            defer { signal.finish() }
            try await server.run()
        }
        var isReady = false
        for await value in ready {
            isReady = value
            task.cancel()
        }
        try await task.value
        #expect(isReady)
    }

    @Test(.enabled(if: getuid() != 0, "root may write everywhere"))
    func aFolderWithoutPermissionIsToldAsSuch() async throws {
        let folder = TemporaryFolder()
        defer { folder.remove() }
        #expect(chmod(folder.path, 0o500) == 0)
        #expect(await Self.failure(folder.path + "/s")?.exitCode == .permission)
    }

    private static func failure(_ path: String) async -> ControlServerError? {
        do {
            try await ControlServer(socketPath: path, control: FakeDaemon()).run()
            return nil
        } catch {
            return error as? ControlServerError
        }
    }

    /// Leaves a socket file behind as a killed process does.
    private static func bindAndAbandon(_ path: String) throws {
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8)) }
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        close(descriptor)
        try #require(result == 0)
    }
}
