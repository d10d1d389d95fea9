"""The parts that the producers of facts share: docs/fact-producers.md says what each produces."""
