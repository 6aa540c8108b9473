"""Speed as ratios: the product's own code against a yardstick measured in the same rounds. Run by `./concord bench`."""
