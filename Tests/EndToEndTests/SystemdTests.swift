import Foundation
import Testing

/// The service under a real systemd: installed, started, asked, alerted, stopped.
@Suite(.seated) struct SystemdTests {
    static let harness = Repository.shared?.appending(path: "systemd-e2e.sh")

    static var isPossible: Bool {
        guard let harness, geteuid() == 0 else { return false }
        return FileManager.default.fileExists(atPath: harness.path)
    }

    @Test(
        .enabled(
            if: isPossible,
            "SKIPPED: needs root and ../shared/systemd-e2e.sh; the service itself is not tested here"))
    func installedServiceStartsAlertsAnswersAndStops() async throws {
        let harness = try #require(Self.harness)
        let folder = try Repository.temporaryFolder("install")
        defer { try? FileManager.default.removeItem(at: folder) }

        // What `make build` does last; a build by other means leaves it out.
        let share = try await Shell.run("scripts/generate-share", [".build/release"], in: Repository.root)
        #expect(share.exitCode == 0, "\(share.output)")
        let install = try await Shell.run(
            "make", ["install", "PREFIX=/usr", "DESTDIR=\(folder.path)"], in: Repository.root)
        #expect(install.exitCode == 0, "\(install.output)")

        let scenario = folder.appending(path: "usr/lib/newswatch/scenario.sh")
        try FileManager.default.copyItem(
            at: Repository.root.appending(path: "Tests/EndToEndTests/systemd-scenario.sh"), to: scenario)
        let result = try await Shell.run(
            harness.path, ["-T", "180", "-i", folder.path, "--", "bash", "/usr/lib/newswatch/scenario.sh"],
            in: Repository.root)
        #expect(result.exitCode == 0 && result.output.contains("scenario complete"), "\(result.output)")
        print(result.output)
    }
}
