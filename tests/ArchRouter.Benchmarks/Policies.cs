namespace ArchRouter.Benchmarks;

/// <summary>Policies and requests that the benchmarks share.</summary>
internal static class Policies
{
    public const string Request = "Write a C# method that removes duplicate lines from a file.";

    private static readonly string[] Scopes =
    [
        "", " for beginners", " in large companies", " under time pressure", " with strict privacy rules", " in several languages", " for mobile apps",
        " for the public sector", " with few resources", " in research",
    ];

    private static readonly string[] Topics =
    [
        "writing new code from a description", "explaining existing code", "designing software before it is written", "finding and fixing errors",
        "writing SQL queries", "drafting e-mails", "translating texts", "summarising documents", "planning trips", "answering questions about invoices",
        "reviewing contracts", "preparing presentations", "solving maths exercises", "writing unit tests", "configuring servers",
    ];

    private static readonly string[] Names =
    [
        "code_generation", "explain_code", "software_design", "debug_errors", "sql_queries", "email_drafting", "translation", "summarise_document",
        "plan_trip", "invoice_questions", "contract_review", "slide_deck", "maths_help", "unit_tests", "server_setup",
        "transfer_money", "account_balance", "freeze_card", "report_fraud", "pay_bill", "credit_score", "exchange_rate", "direct_deposit",
        "pin_change", "interest_rate", "routing_number", "loan_application", "tax_form", "insurance_claim", "rollover_pension",
        "book_flight", "hotel_reservation", "car_rental", "travel_alert", "visa_rules", "lost_luggage", "timezone_lookup", "weather_forecast",
        "traffic_report", "directions", "gas_station", "public_transport", "parking_spot", "flight_status", "carry_on_rules",
        "restaurant_search", "recipe_ideas", "ingredient_swap", "calorie_count", "meal_plan", "grocery_list", "cook_time", "food_allergy",
        "wine_pairing", "order_delivery", "table_booking", "cancel_order", "refund_request", "product_compare", "size_guide",
        "calendar_event", "reminder", "alarm_clock", "timer", "meeting_notes", "schedule_change", "todo_list", "phone_call",
        "text_message", "contact_lookup", "voicemail", "share_location", "find_phone", "battery_tips", "screen_time",
        "play_music", "next_song", "volume", "playlist", "podcast", "movie_review", "tv_guide", "joke",
        "trivia", "horoscope", "book_advice", "game_rules", "sports_score", "fun_fact", "lyrics",
        "smart_lights", "thermostat", "vacuum_robot", "door_lock", "security_camera", "irrigation", "washing_machine", "printer_issue",
        "wifi_trouble", "password_reset", "vpn_access", "laptop_request", "software_licence", "backup_restore", "disk_space",
        "payroll", "vacation_request", "sick_leave", "expense_report", "job_posting", "interview_questions", "performance_feedback", "onboarding",
        "training_course", "org_chart", "office_map", "badge_access", "relocation", "union_rules", "retirement",
        "symptom_check", "medication_dose", "doctor_appointment", "vaccine_info", "sleep_advice", "workout_plan", "mental_health", "first_aid",
        "pregnancy", "child_care", "pet_care", "elderly_care", "dental", "nutrition", "allergy_season",
        "legal_clause", "patent_search", "privacy_request", "data_export", "audit_trail", "incident_report", "risk_assessment", "vendor_check",
        "procurement", "budget_forecast", "sales_pipeline", "churn_analysis", "marketing_copy", "press_release", "brand_name",
    ];

    /// <summary>Named as people name policies, with descriptions of nine or ten words, about the mean of the sets that accuracy is measured on.</summary>
    public static IEnumerable<RoutePolicy> Take(int count) => Take(count, 9);

    /// <summary>The same policies with shorter or longer descriptions.</summary>
    /// <param name="count">150 at most.</param>
    /// <param name="words">About how many words a description has: 7, 9 or 16.</param>
    /// <exception cref="ArgumentOutOfRangeException">No such length.</exception>
    public static IEnumerable<RoutePolicy> Take(int count, int words)
    {
        string ending = words switch
        {
            7 => "",
            9 => ": questions and problems",
            16 => ": asking for it, checking it, changing it, or solving a problem with it",
            _ => throw new ArgumentOutOfRangeException(nameof(words)),
        };
        return Enumerable.Range(0, count).Select(i => new RoutePolicy(Names[i], $"Requests about {Names[i].Replace('_', ' ')}{Scopes[i % Scopes.Length]}{ending}"));
    }

    /// <summary>Policies whose names begin alike and say nothing, <c>policy_1</c> to <c>policy_150</c>, with descriptions of about seven words.</summary>
    public static IEnumerable<RoutePolicy> TakeNumbered(int count) => Enumerable.Range(0, count).Select(i =>
        new RoutePolicy($"policy_{i + 1}", $"Requests about {Topics[i % Topics.Length]}{Scopes[i / Topics.Length]}"));

    public static RouteTable Table(int count) => RouteTable.Create(routes =>
    {
        foreach (RoutePolicy policy in Take(count))
        {
            routes.Route(policy.Name, policy.Description, to: "strong");
        }

        routes.Fallback("fast");
    });

    public static RouteContext Context(string text = Request) => new()
    {
        Conversation = new ConversationWindow([new(ConversationRole.User, text)]),
    };
}
