<?php
/**
 * The settings page: Settings, Postil.
 *
 * @package Postil
 */

defined( 'ABSPATH' ) || exit;

/**
 * The settings: a label, what it is for, and the accepted values where these are few.
 *
 * @return array<string, array{label: string, help: string, values?: string[]}>
 */
function postil_fields() {
	return array(
		'host'        => array(
			'label' => __( 'Host of the glossary', 'postil' ),
			'help'  => __( 'The address of a Postil service, such as https://glossary.example.org. Without one, nothing is added.', 'postil' ),
		),
		'root'        => array(
			'label' => __( 'Where the text is', 'postil' ),
			'help'  => __( 'A CSS selector, by default .entry-content.', 'postil' ),
		),
		'occurrences' => array(
			'label'  => __( 'Mentions of a term to mark', 'postil' ),
			'help'   => __( 'The first in a post, the first in each section, or all.', 'postil' ),
			'values' => array( '', 'first', 'section', 'all' ),
		),
		'density'     => array(
			'label' => __( 'Marks in a hundred words', 'postil' ),
			'help'  => __( 'At most so many, from 1 to 100. Empty means any number.', 'postil' ),
		),
		'notes'       => array(
			'label'  => __( 'On paper', 'postil' ),
			'help'   => __( 'print puts the definitions at the end of a printed post.', 'postil' ),
			'values' => array( '', 'off', 'print' ),
		),
	);
}

/**
 * Keeps what is right of the values that were sent, and says what is wrong.
 *
 * @param mixed $given The form's values.
 * @return array<string, string>
 */
function postil_sanitize( $given ) {
	$kept = array();
	foreach ( postil_fields() as $name => $field ) {
		$value = isset( $given[ $name ] ) && is_string( $given[ $name ] ) ? trim( sanitize_text_field( $given[ $name ] ) ) : '';
		if ( '' === $value ) {
			continue;
		}
		$right = ! isset( $field['values'] ) || in_array( $value, $field['values'], true );
		if ( 'host' === $name ) {
			$value = untrailingslashit( esc_url_raw( $value, array( 'http', 'https' ) ) );
			$right = '' !== $value && (bool) wp_parse_url( $value, PHP_URL_HOST );
		}
		if ( 'density' === $name ) {
			$right = ctype_digit( $value ) && (int) $value >= 1 && (int) $value <= 100;
		}
		if ( $right ) {
			$kept[ $name ] = $value;
		} else {
			/* translators: 1: name of a setting, 2: what it accepts. */
			add_settings_error( 'postil', $name, sprintf( __( '%1$s was not changed to what you wrote. %2$s', 'postil' ), $field['label'], $field['help'] ) );
			$old = (array) get_option( 'postil', array() );
			if ( isset( $old[ $name ] ) ) {
				$kept[ $name ] = $old[ $name ];
			}
		}
	}
	return $kept;
}

/**
 * Registers the settings with WordPress, which checks who may save them.
 */
function postil_register() {
	register_setting(
		'postil',
		'postil',
		array(
			'type'              => 'array',
			'sanitize_callback' => 'postil_sanitize',
			'default'           => array(),
		)
	);
	add_settings_section( 'postil', '', '__return_null', 'postil' );
	foreach ( postil_fields() as $name => $field ) {
		$field['name']      = $name;
		$field['label_for'] = 'postil-' . $name;
		add_settings_field( $name, $field['label'], 'postil_field', 'postil', 'postil', $field );
	}
}
add_action( 'admin_init', 'postil_register' );

/**
 * Prints one field.
 *
 * @param array $field Its name, help and accepted values.
 */
function postil_field( $field ) {
	$saved = (array) get_option( 'postil', array() );
	$value = $saved[ $field['name'] ] ?? '';
	$name  = 'postil[' . $field['name'] . ']';
	if ( isset( $field['values'] ) ) {
		printf( '<select id="%s" name="%s">', esc_attr( $field['label_for'] ), esc_attr( $name ) );
		foreach ( $field['values'] as $option ) {
			printf( '<option value="%s"%s>%s</option>', esc_attr( $option ), selected( $value, $option, false ), esc_html( '' === $option ? __( 'Default', 'postil' ) : $option ) );
		}
		echo '</select>';
	} else {
		printf( '<input id="%s" name="%s" value="%s" class="regular-text">', esc_attr( $field['label_for'] ), esc_attr( $name ), esc_attr( $value ) );
	}
	printf( '<p class="description">%s</p>', esc_html( $field['help'] ) );
	if ( 'host' === $field['name'] && defined( 'POSTIL_HOST' ) ) {
		printf( '<p class="description">%s</p>', esc_html__( 'wp-config.php defines POSTIL_HOST, which counts before this.', 'postil' ) );
	}
}

/**
 * Adds the page to the menu, for those who may change settings.
 */
function postil_menu() {
	add_options_page( 'Postil', 'Postil', 'manage_options', 'postil', 'postil_page' );
}
add_action( 'admin_menu', 'postil_menu' );

/**
 * Prints the page.
 */
function postil_page() {
	echo '<div class="wrap"><h1>Postil</h1><form action="options.php" method="post">';
	settings_fields( 'postil' );
	do_settings_sections( 'postil' );
	submit_button();
	echo '</form></div>';
}
