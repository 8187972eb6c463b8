# All steps, for ./run and .ci/run. `shellcheck run .ci/run` follows the lines below and so checks everything.
# shellcheck shell=bash

: "${root:?the checkout}"

# shellcheck source=say.sh
source "$root/eng/say.sh"
# shellcheck source=lock.sh
source "$root/eng/lock.sh"
# shellcheck source=sdk.sh
source "$root/eng/sdk.sh"
# shellcheck source=librdkafka/feed.sh
source "$root/eng/librdkafka/feed.sh"
# shellcheck source=librdkafka/build.sh
source "$root/eng/librdkafka/build.sh"
# shellcheck source=setup.sh
source "$root/eng/setup.sh"
# shellcheck source=build.sh
source "$root/eng/build.sh"
# shellcheck source=node-peer.sh
source "$root/eng/node-peer.sh"
# shellcheck source=test.sh
source "$root/eng/test.sh"
# shellcheck source=debian.sh
source "$root/eng/debian.sh"
