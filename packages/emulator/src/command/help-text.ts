/** What `--help` prints. */
export const helpText = `verapipe-emulator: an offline stand-in for the Veracode platform's APIs. It never analyses code.

Usage: verapipe-emulator [options]

  --port N          HTTP port on 127.0.0.1 (default 0: a free one)
  --tls-port N      HTTPS port too (0: a free one)
  --proxy-port N    HTTP proxy for clients with the Veracode hosts built in (0: a free one)
  --time-scale N    prescans and scans run N times as fast (default 1; 600: an hour in six seconds)
  --scenario FILE   what the platform knows and how scans end (JSON or YAML; form: scenario.schema.json)
  --state-dir DIR   keep credentials, certificates and platform there, so that they survive a restart
  --old-credentials WHEN   a new pair of API credentials ends the older one 24h later, or at-once (default: the scenario's, else 24h)
  --version         print the version
  -h, --help        print this text

The first line on stdout is one JSON object: url, tlsUrl, proxyUrl, caFile, apiId, apiKey (null: not asked for).
GET URL/__emulator/state shows the truth, GET URL/__emulator/journal every request. SIGTERM or SIGINT ends it.
Exit codes: 0 ended by a signal, 1 could not start, 2 wrong options or scenario.
`;
