//! The names that shops and shop systems give to the columns of orders.

/// A part of an order that a column may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// The order number.
    Number,
    /// When the order was placed.
    Date,
    /// The customer's name.
    Name,
    /// The customer's first name, where the name is in two columns.
    FirstName,
    /// The customer's last name, where the name is in two columns.
    LastName,
    /// The customer's phone.
    Phone,
    /// The customer's WhatsApp number.
    WhatsApp,
    /// What the order comes to.
    Amount,
    /// The currency of the amount.
    Currency,
    /// What became of the order.
    Status,
    /// What became of the payment, as Shopify says it.
    Financial,
    /// When the order was cancelled, as Shopify says it.
    CancelledAt,
    /// Where the order came from.
    Source,
    /// The city to deliver to.
    City,
    /// The state to deliver to.
    State,
    /// The address to deliver to.
    Address,
    /// Who sold it.
    SalesRep,
    /// What was ordered.
    Items,
    /// How many of it, where a row is one line of an order.
    Quantity,
}

impl Field {
    /// Reads the name by which it is stored.
    pub fn parse(name: &str) -> Option<Self> {
        let mut fields = SYNONYMS.into_iter().map(|(field, _)| field);
        fields.find(|field| field.as_str() == name)
    }

    /// Returns the name by which it is stored, and told to people.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Number => "order number",
            Self::Date => "date",
            Self::Name => "name",
            Self::FirstName => "first name",
            Self::LastName => "last name",
            Self::Phone => "phone",
            Self::WhatsApp => "WhatsApp",
            Self::Amount => "amount",
            Self::Currency => "currency",
            Self::Status => "status",
            Self::Financial => "payment status",
            Self::CancelledAt => "cancelled at",
            Self::Source => "source",
            Self::City => "city",
            Self::State => "state",
            Self::Address => "address",
            Self::SalesRep => "sales rep",
            Self::Items => "items",
            Self::Quantity => "quantity",
        }
    }

    /// Tells whether no order can do without it.
    pub fn is_required(self) -> bool {
        matches!(self, Self::Number | Self::Date | Self::Phone | Self::Amount)
    }
}

/// The headers of each field, the most telling first, parted by commas.
///
/// They are written with spaces for the reader; case, spaces and punctuation do not count. `#` is
/// read as `no` behind another word. A plain `no` is left out on purpose: it is mostly a running
/// number, which starts again in each file.
pub const SYNONYMS: [(Field, &str); 19] = [
    (
        Field::Number,
        "order no, order number, order id, order code, order ref, order reference, \
         order name, number, #, order",
    ),
    (
        Field::Date,
        "order date, date ordered, date of order, ordered at, ordered on, order time, \
         order placed, date, date time, created at, placed at, placed, placed on, \
         date placed, date created, created, created on, order created, purchase date, \
         date added, timestamp",
    ),
    (
        Field::Name,
        "customer, customer name, customer full name, name of customer, client, client name, \
         buyer, buyer name, full name, billing name, name billing, billing full name, \
         recipient, recipient name, shipping name, name shipping",
    ),
    (
        Field::FirstName,
        "first name, customer first name, billing first name, first name billing, \
         shipping first name, first name shipping",
    ),
    (
        Field::LastName,
        "last name, surname, customer last name, billing last name, last name billing, \
         shipping last name, last name shipping",
    ),
    (
        Field::Phone,
        "phone as written, phone, phone number, phone no, phone numbers, customer phone, customer phone number, \
         customer phone no, mobile, mobile number, mobile no, mobile phone, tel, tel no, \
         telephone, telephone number, gsm, gsm number, cell, cell phone, contact number, \
         contact no, contact phone, phone whatsapp, billing phone, phone billing, \
         billing phone number, phone number billing, recipient phone, shipping phone, \
         phone shipping, contact",
    ),
    (
        Field::WhatsApp,
        "whatsapp, whatsapp number, whatsapp no, whatsapp phone, customer whatsapp, \
         customer whatsapp number",
    ),
    (
        Field::Amount,
        "order total, order total amount, order amount, order value, grand total, \
         total amount, total, total price, total cost, amount, price",
    ),
    (Field::Currency, "currency, currency code, order currency"),
    (
        Field::Status,
        "order status, status, delivery status, fulfillment status, fulfilment status",
    ),
    (Field::Financial, "financial status"),
    (Field::CancelledAt, "cancelled at, canceled at"),
    (
        Field::Source,
        "source, channel, order source, order channel, sales channel, sales source, \
         source name, platform",
    ),
    (
        Field::City,
        "city, town, city town, delivery city, shipping city, city shipping, customer city, \
         billing city, city billing",
    ),
    (
        Field::State,
        "state, province, delivery state, shipping province name, shipping state, \
         state shipping, shipping province, customer state, billing province name, \
         billing state, state billing, billing province, state name, state code shipping, \
         state code billing",
    ),
    (
        Field::Address,
        "address, delivery address, full address, shipping address, shipping street, \
         shipping address 1, address 1 2 shipping, address 1 shipping, customer address, \
         billing address, billing street, billing address 1, address 1 2 billing, \
         address 1 billing, street, street address",
    ),
    (
        Field::SalesRep,
        "sales rep, sales representative, sales person, sales agent, rep, agent, handled by, \
         attendant, staff, employee",
    ),
    (
        Field::Items,
        "lineitem name, line item name, item name, product name, product, products, \
         order items, items ordered, line items, items, item",
    ),
    (
        Field::Quantity,
        "lineitem quantity, line item quantity, item quantity, quantity, quantity refund, qty",
    ),
];
