/// Customers and their keys. In: requests to open an account, issue or revoke a key. Out: who calls, and
/// `CredentialChanged` for the routers.
@NullMarked
package io.streamsync.billing.account;

import org.jspecify.annotations.NullMarked;
