# The .NET SDK that global.json asks for: found or named, never installed.
# shellcheck shell=bash

check_sdk() {
  local advice="install the .NET 10 SDK (https://dotnet.microsoft.com/download/dotnet/10.0)"
  command -v dotnet >/dev/null || fail "there is no dotnet on the PATH: $advice"
  # Asked in the checkout, where global.json decides.
  sdk_version=$(cd -- "$root" && dotnet --version 2>/dev/null) ||
    fail "none of the installed SDKs is what global.json asks for (dotnet --list-sdks shows them): $advice"
}
