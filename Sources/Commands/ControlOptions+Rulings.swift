import ControlProtocol

extension ControlOptions {
    /// Has the daemon act on a ruling. Prints the receipt and returns nil where JSON is wanted.
    func rule(_ ruling: RulingRequest, _ console: Console) async throws -> RulingReceipt? {
        let receipt: RulingReceipt = try await socket.client(console).post(.rulings, ruling)
        guard json else { return receipt }
        try console.print(json: receipt)
        return nil
    }
}

extension RulingReceipt {
    /// Who hears of it.
    var echo: String {
        switch alerts.count {
        case 0: "nobody had been told"
        case 1: "1 alert tells of it"
        default: "\(alerts.count) alerts tell of it"
        }
    }
}
