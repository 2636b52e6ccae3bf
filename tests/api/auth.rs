//! Registering, signing in and staying signed in, as a client and a mailbox see it.

use diesel::prelude::*;
use serde_json::{Value, json};

use crate::{
    accounts::{registered, standing},
    bad_input::rows,
    support::{Call, Person, TestApp, both, with},
};

const PASSWORD: &str = "kolovrat šepeta mesečini";
const ANA: &str = "ana@example.si";

fn register(app: &TestApp, email: &str, password: Option<&str>) -> Call {
    app.post(
        "/auth/register",
        json!({"email": email, "name": "Ana Čopič", "password": password, "locale": "en"}),
    )
}

fn login(app: &TestApp, email: &str) -> Call {
    app.post("/auth/login", json!({"email": email, "password": PASSWORD}))
}

fn redeem(app: &TestApp, body: Value) -> Call {
    app.post("/auth/link/redeem", body)
}

/// The bearer of an answer's access token.
fn bearer(tokens: &Value) -> Person {
    assert_eq!((&tokens["token_type"], &tokens["expires_in"]), (&json!("Bearer"), &json!(600)), "{tokens}");
    let token = tokens["access_token"].as_str().unwrap().to_owned();
    Person { id: "usr_01h455vb4pex5vsknk084sn02q".parse().unwrap(), email: String::new(), token }
}

both! {
    async fn from_registering_to_signing_out(app: TestApp) {
        let answer = register(&app, ANA, Some(PASSWORD)).await;
        assert_eq!(answer.header("cache-control"), "no-store");
        assert_eq!(answer.expect(202), json!({"accepted": true}));
        let early = bearer(&login(&app, ANA).await.expect(200));
        assert_eq!(app.get("/me").by(&early).await.expect(200)["verified"], false);
        let letter = app.await_letters(ANA, 1).await.remove(0);
        assert!(letter.text.contains(&format!("{}/sign-in?verify#token=", app.url)), "{}", letter.text);
        let body = json!({"token": letter.token(), "password": PASSWORD});
        let tokens = redeem(&app, body.clone()).await.expect(200);
        redeem(&app, body).await.refused(401, "credentials_refused");
        app.get("/me").by(&early).await.refused(401, "unauthenticated");
        let me = app.get("/me").by(&bearer(&tokens)).await;
        assert_eq!(me.header("etag"), "\"2\"");
        let me = me.expect(200);
        assert_eq!((&me["email"], &me["name"], &me["verified"]), (&json!(ANA), &json!("Ana Čopič"), &json!(true)));
        login(&app, ANA).await.expect(200);
        let refresh = json!({"refresh_token": tokens["refresh_token"]});
        let second = app.post("/auth/refresh", refresh.clone()).await.expect(200);
        app.advance(11);
        app.post("/auth/refresh", refresh).await.refused(401, "credentials_refused");
        app.get("/me").by(&bearer(&second)).await.refused(401, "unauthenticated");
        let third = login(&app, ANA).await.expect(200);
        let logout = app.post("/auth/logout", json!({})).by(&bearer(&third)).await;
        assert_eq!((logout.status, logout.text.as_str()), (204, ""));
        app.get("/me").by(&bearer(&third)).await.refused(401, "unauthenticated");
    }

    async fn nobody_learns_who_has_an_account(app: TestApp) {
        register(&app, ANA, None).await.expect(202);
        let letter = app.await_letters(ANA, 1).await.remove(0);
        redeem(&app, json!({"email": ANA, "code": letter.code()})).await.expect(200);
        let known = register(&app, "Ana@Example.si", Some(PASSWORD)).await;
        let unknown = register(&app, "eva@example.si", Some(PASSWORD)).await;
        assert_eq!((known.status, &known.text), (unknown.status, &unknown.text));
        let (known, unknown) = ("ana@example.si", "nobody@example.si");
        for path in ["/auth/link", "/auth/login", "/auth/link/redeem"] {
            let ask = |email: &str| {
                let body = match path {
                    "/auth/link" => json!({"email": email}),
                    "/auth/login" => json!({"email": email, "password": PASSWORD}),
                    _ => json!({"email": email, "code": "not it"}),
                };
                app.post(path, body)
            };
            let (known, unknown) = (ask(known).await, ask(unknown).await);
            assert_eq!((known.status, &known.text), (unknown.status, &unknown.text), "{path}");
        }
        let letters = app.await_letters(ANA, 3).await;
        let warned = letters.iter().filter(|letter| letter.text.contains("Somebody tried to create an account"));
        assert_eq!(warned.count(), 1);
        assert!(app.letters_to("nobody@example.si").is_empty());
    }

    async fn links_and_codes_that_are_used_late_others_or_guessed_open_nothing(app: TestApp) {
        registered(&app, ANA).await;
        let asked = async || {
            let seen = app.letters_to(ANA).len();
            app.post("/auth/link", json!({"email": ANA})).await.expect(202);
            app.await_letters(ANA, seen + 1).await.remove(seen)
        };
        let opens_nothing = async |tried: &[Value]| {
            let before = (standing(&app), rows(&app));
            for body in tried {
                redeem(&app, with(body.clone(), json!({"password": "tri opice v omari"}))).await.refused(401, "credentials_refused");
            }
            assert_eq!((standing(&app), rows(&app)), before, "{tried:?}");
        };
        let coded = |email: &str, code: &str| json!({"email": email, "code": code});
        let used = asked().await;
        redeem(&app, json!({"token": used.token()})).await.expect(200);
        opens_nothing(&[json!({"token": used.token()}), coded(ANA, &used.code())]).await;
        let eva = app.member("eva");
        let fresh = asked().await;
        let (token, wrong) = (fresh.token(), if fresh.code() == "000000" { "000001" } else { "000000" });
        opens_nothing(&[coded(&eva.email, &fresh.code()), coded("nobody@example.org", &fresh.code())]).await;
        opens_nothing(&[json!({"token": &token[1..]}), json!({"token": format!("{token}A")}), json!({"token": "x"})]).await;
        opens_nothing(&vec![coded(ANA, wrong); 5]).await;
        opens_nothing(&[coded(ANA, &fresh.code())]).await;
        redeem(&app, json!({"token": token})).await.expect(200);
        let late = asked().await;
        app.advance(600);
        opens_nothing(&[json!({"token": late.token()}), coded(ANA, &late.code())]).await;
        login(&app, ANA).await.expect(200);
    }

    async fn who_registers_another_s_address_gains_nothing(app: TestApp) {
        register(&app, ANA, Some(PASSWORD)).await.expect(202);
        let thief = bearer(&login(&app, ANA).await.expect(200));
        let body = json!({"name": "X", "legal_form": "individual", "municipality": "Kranj"});
        let before = (standing(&app), rows(&app));
        app.post("/organisations", body).by(&thief).await.refused(403, "address_unverified");
        assert_eq!((standing(&app), rows(&app)), before);
        let token = app.await_letters(ANA, 1).await[0].token();
        redeem(&app, json!({"token": token})).await.expect(200);
        let kept: Option<String> = {
            use prostor::store::schema::users::dsl::*;
            users.filter(email.eq(ANA)).select(password_hash).first(&mut *app.connection()).unwrap()
        };
        assert_eq!(kept, None, "what the thief chose is gone");
        app.get("/me").by(&thief).await.refused(401, "unauthenticated");
        login(&app, ANA).await.refused(401, "credentials_refused");
    }

    /// Whoever registers chooses a name and an address: together they would be a mail of their own to anybody.
    async fn nobody_writes_to_others_in_our_name(app: TestApp) {
        let spam = "Nagrada 500 EUR na https://zlo.example/ kliknite zdaj!";
        app.post("/auth/register", json!({"email": ANA, "name": spam, "password": PASSWORD, "locale": "sl"})).await.expect(202);
        app.post("/auth/link", json!({"email": ANA})).await.expect(202);
        let letters = app.await_letters(ANA, 2).await;
        for letter in &letters {
            assert!(letter.text.starts_with("Pozdravljeni!"), "{}", letter.text);
        }
        let said: Vec<(String, String)> = {
            use prostor::store::schema::outbox::dsl::*;
            outbox.filter(to_email.eq(ANA)).select((to_name, payload)).load(&mut *app.connection()).unwrap()
        };
        assert!(said.iter().all(|(name, payload)| name.is_empty() && !payload.contains("Nagrada")), "{said:?}");
        // Who proves the address says what they are called.
        let proved = redeem(&app, json!({"token": letters[0].token(), "name": "Ana Čopič"})).await.expect(200);
        assert_eq!(app.get("/me").by(&bearer(&proved)).await.expect(200)["name"], "Ana Čopič");
        app.post("/auth/link", json!({"email": ANA})).await.expect(202);
        let third = app.await_letters(ANA, 3).await.remove(2);
        assert!(third.text.starts_with("Pozdravljeni, Ana Čopič!"), "{}", third.text);
        // A name beside a link counts on verifying alone.
        redeem(&app, json!({"token": third.token(), "name": "Kdo Drug"})).await.expect(200);
        let named: String = {
            use prostor::store::schema::users::dsl::*;
            users.filter(email.eq(ANA)).select(name).first(&mut *app.connection()).unwrap()
        };
        assert_eq!(named, "Ana Čopič");
    }

    async fn bad_input_is_named_and_sends_nothing(app: TestApp) {
        for (body, pointer, code) in [
            (json!({"name": "Ana"}), "/email", "missing_field"),
            (json!({"email": "ana", "name": "Ana"}), "/email", "invalid_email"),
            (json!({"email": ANA, "name": "Ana\r\nBcc: x@example.si"}), "/name", "control_character"),
            (json!({"email": ANA, "name": "Ana", "password": "short"}), "/password", "too_short"),
            (json!({"email": ANA, "name": "Ana", "password": "passwordpassword"}), "/password", "guessable"),
            (json!({"email": ANA, "name": "Ana", "locale": "de"}), "/locale", "unknown_value"),
            (json!({"email": ANA, "name": "Ana", "is_administrator": true}), "/is_administrator", "unknown_field"),
        ] {
            let problem = app.post("/auth/register", body).await.refused(422, "invalid");
            let error = &problem["errors"][0];
            assert_eq!((&error["pointer"], &error["code"]), (&json!(pointer), &json!(code)), "{problem}");
        }
        assert!(app.letters_to(ANA).is_empty());
        let somebody = app.newcomer("nobody");
        for token in ["", "x", "eyJhbGciOiJub25lIn0.e30."] {
            let nobody = Person { token: token.to_owned(), ..somebody.clone() };
            app.get("/me").by(&nobody).await.refused(401, "unauthenticated");
        }
        app.get("/me").await.refused(401, "unauthenticated");
        app.post("/auth/logout", json!({})).await.refused(401, "unauthenticated");
    }
}
