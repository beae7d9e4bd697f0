"""Refusals of the identity platform: numbered as AADSTS codes.

Source: Microsoft, "Microsoft Entra authentication and authorization error codes". Clients are
told to look at `error` and `suberror`; the numbers are for people and logs.
"""

from datetime import datetime
from typing import Any
from uuid import uuid4

# number: (error, usual text)
_KNOWN: dict[int, tuple[str, str]] = {
    50011: ("invalid_request", "The redirect URI specified in the request does not match the "
            "redirect URIs configured for the application."),
    50020: ("access_denied", "User account does not exist in this tenant and cannot access the "
            "application. Sign in with a different account."),
    50057: ("invalid_grant", "The user account is disabled."),
    50058: ("login_required", "A silent sign-in request was sent but no user is signed in."),
    50076: ("interaction_required", "Due to a configuration change made by your administrator, "
            "or because you moved to a new location, you must use multi-factor authentication."),
    50173: ("invalid_grant", "The provided grant has expired due to it being revoked, a fresh "
            "auth token is needed."),
    53003: ("interaction_required", "Access has been blocked by Conditional Access policies."),
    54005: ("invalid_grant", "OAuth2 Authorization code was already redeemed, please retry with "
            "a new valid code or use an existing refresh token."),
    65001: ("invalid_grant", "The user or administrator has not consented to use the "
            "application. Send an interactive authorization request for this user and resource."),
    65004: ("access_denied", "User declined to consent to access the app."),
    70000: ("invalid_grant", "The provided value for the input parameter is not valid."),
    70003: ("unsupported_grant_type", "The app requested an unsupported grant type."),
    70008: ("invalid_grant", "The provided authorization code or refresh token has expired."),
    70011: ("invalid_scope", "The provided value for the input parameter 'scope' is not valid."),
    90002: ("invalid_request", "Tenant not found. Check to make sure you have the correct tenant "
            "ID and are signing into the correct cloud."),
    90005: ("invalid_request", "login_hint can't be used together with select_account."),
    90009: ("invalid_request", "Application is requesting a token for itself. 'scope' is missing."),
    90014: ("invalid_request", "A required field is missing from the request."),
    90033: ("temporarily_unavailable", "A transient error has occurred. Please try again."),
    90094: ("access_denied", "Admin consent is required for the permissions requested."),
    501481: ("invalid_grant", "The Code_Verifier does not match the code_challenge supplied in "
             "the authorization request."),
    501491: ("invalid_request", "Invalid size of Code_Challenge parameter."),
    500112: ("invalid_grant", "The reply address does not match the reply address provided when "
             "requesting the authorization code."),
    500208: ("access_denied", "The domain is not a valid login domain for the account type."),
    700005: ("invalid_grant", "The provided authorization code is intended for use against "
             "another tenant."),
    700016: ("unauthorized_client", "The application was not found in the directory."),
    700022: ("invalid_scope", "The scopes asked for belong to more than one resource."),
    700027: ("invalid_client", "The client assertion failed signature validation."),
    700054: ("unsupported_response_type", "response_type 'id_token' is not enabled for the "
             "application."),
    700082: ("invalid_grant", "The refresh token has expired due to inactivity."),
    900144: ("invalid_request", "The request body must contain more parameters."),
    900971: ("invalid_request", "No reply address provided."),
    7000215: ("invalid_client", "Invalid client secret provided. Ensure the secret being sent in "
              "the request is the client secret value, not the client secret ID."),
    7000218: ("invalid_client", "The request body must contain the following parameter: "
              "'client_assertion' or 'client_secret'."),
    7000222: ("invalid_client", "The provided client secret keys for the application are "
              "expired."),
    9002313: ("invalid_request", "Invalid request. Request is malformed or invalid."),
    9002326: ("invalid_request", "Cross-origin token redemption is permitted only for the "
              "'Single-Page Application' client-type."),
    9002346: ("invalid_request", "Application is configured for use by Microsoft Account users "
              "only through /consumers."),
}  # fmt: skip

_SUBERRORS = {65001: "consent_required", 50076: "basic_action", 70000: "bad_token"}


class Refused(Exception):
    """A request the identity platform turns down, by AADSTS number."""

    def __init__(self, number: int, text: str | None = None, *, error: str | None = None) -> None:
        usual = _KNOWN[number]
        super().__init__(text or usual[1])
        self.number = number
        self.error = error or usual[0]
        self.suberror = _SUBERRORS.get(number)

    @property
    def status(self) -> int:
        """The HTTP status at the token endpoint."""
        return 401 if self.error == "invalid_client" else 400

    @property
    def description(self) -> str:
        """The sentence with its number, as it stands in a redirect."""
        return f"AADSTS{self.number}: {self}"

    def body(self, now: datetime) -> dict[str, Any]:
        """The JSON body of the token endpoint; `now` becomes its timestamp (UTC)."""
        at, trace, correlation = f"{now:%Y-%m-%d %H:%M:%S}Z", str(uuid4()), str(uuid4())
        told = {
            "error": self.error,
            "error_description": f"{self.description} Trace ID: {trace} "
            f"Correlation ID: {correlation} Timestamp: {at}",
            "error_codes": [self.number],
            "timestamp": at,
            "trace_id": trace,
            "correlation_id": correlation,
            "error_uri": f"https://login.microsoftonline.com/error?code={self.number}",
        }
        return {**told, "suberror": self.suberror} if self.suberror else told
